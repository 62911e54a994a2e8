namespace PostPurchase.Recommend.Evaluation;

/// <summary>Methods side by side on the same questions.</summary>
public sealed record EvaluationTable
{
    /// <summary>What the table shows, such as <c>14 days</c>.</summary>
    public required string Title { get; init; }

    /// <summary>How many questions every figure stands on, by what was counted, such as <c>customers</c>; in a fixed order.</summary>
    public required IReadOnlyList<KeyValuePair<string, long>> SampleSizes { get; init; }

    /// <summary>Baselines first, then the library.</summary>
    public required IReadOnlyList<EvaluationRow> Rows { get; init; }
}
