namespace PostPurchase.Recommend;

/// <summary>
/// How to run a training, as opposed to what to learn: seed, threads, progress and cancellation.
/// </summary>
/// <remarks>
/// None of these values but <see cref="Seed"/> changes the trained model: one thread and many give the same bytes.
/// Instances are immutable and safe to share between threads.
/// </remarks>
public sealed record TrainingRun
{
    /// <summary>The seed of every random draw made while training.</summary>
    /// <value>The default value is 1.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>The number of threads to train on; at least 1.</summary>
    /// <value>The default value is the number of processors.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Receives a report at every step of a training, from the thread that trains.</summary>
    /// <value>The default value is <see langword="null"/>: nothing is reported.</value>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Stops the training with an <see cref="OperationCanceledException"/>; no model is left half-trained.</summary>
    public CancellationToken Cancellation { get; init; }

    internal void Validate() =>
        new OptionErrors(nameof(TrainingRun)).InRange(nameof(Threads), Threads, 1, int.MaxValue).ThrowIfAny();

    /// <summary>Tells where the run is, or ends it where that is wanted.</summary>
    internal void Report(string stage, double done)
    {
        Progress?.Report(new TrainingProgress(stage, Math.Clamp(done, 0, 1)));
        Cancellation.ThrowIfCancellationRequested();
    }
}
