namespace PostPurchase.Recommend.Tool.Output;

/// <summary>Shows how much of a file has been read as a stage of its own.</summary>
internal sealed class ReadingProgress(IProgress<TrainingProgress> stages) : IProgress<double>
{
    public static ReadingProgress? Of(IProgress<TrainingProgress>? stages) => stages is null ? null : new ReadingProgress(stages);

    public void Report(double value) => stages.Report(new TrainingProgress("Reading the log", value));
}
