namespace PostPurchase.Recommend.DependencyInjection;

/// <summary>Where a service finds its model, and how it notices a new one.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record RecommenderServiceOptions
{
    /// <summary>The model file, as written by <see cref="PostPurchaseModel.Save(string)"/>.</summary>
    public required string ModelPath { get; init; }

    /// <summary>
    /// How often to look whether the model file has been replaced; a new file is loaded and then used, a damaged one is not, and one that cannot be
    /// read is tried again the next time.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: only <see cref="RecommenderSource.Reload"/> loads it again. At least one second otherwise.</value>
    public TimeSpan? LookForNewModelEvery { get; init; }

    internal void Validate()
    {
        new OptionErrors(nameof(RecommenderServiceOptions))
            .Require(!string.IsNullOrWhiteSpace(ModelPath), "ModelPath is empty")
            .InRange("LookForNewModelEvery, in seconds,", LookForNewModelEvery?.TotalSeconds ?? 1, 1, TimeSpan.FromDays(30).TotalSeconds)
            .ThrowIfAny();
    }
}
