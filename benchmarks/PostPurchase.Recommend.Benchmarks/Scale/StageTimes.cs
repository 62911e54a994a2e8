using System.Diagnostics;

namespace PostPurchase.Recommend.Benchmarks.Scale;

/// <summary>The time between the reports of a training, by the name of the stage that the earlier one told.</summary>
internal sealed class StageTimes : IProgress<TrainingProgress>
{
    private const int Shown = 5;
    private readonly Dictionary<string, double> _seconds = [];
    private readonly Lock _lock = new();
    private string _stage = "";
    private long _since = Stopwatch.GetTimestamp();

    public void Report(TrainingProgress value)
    {
        lock (_lock)
        {
            _seconds[_stage] = _seconds.GetValueOrDefault(_stage) + Stopwatch.GetElapsedTime(_since).TotalSeconds;
            (_stage, _since) = (value.Stage, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>The longest stages first.</summary>
    public override string ToString()
    {
        Report(new TrainingProgress("", 1));
        return string.Join(", ", _seconds.OrderByDescending(stage => stage.Value).Take(Shown)
            .Select(stage => FormattableString.Invariant($"{(stage.Key.Length > 0 ? stage.Key : "before the first report")} {stage.Value:0.0} s")));
    }
}
