using System.Diagnostics;

namespace PostPurchase.Recommend.Benchmarks.Scale;

/// <summary>The time between the reports of a training, by the stage that the earlier one told, and the most memory seen at a report.</summary>
internal sealed class StageTimes : IProgress<TrainingProgress>
{
    private const int Shown = 5;
    private readonly Dictionary<string, (double Seconds, long Bytes)> _stages = [];
    private readonly Lock _lock = new();
    private string _stage = "";
    private long _since = Stopwatch.GetTimestamp();

    public void Report(TrainingProgress value)
    {
        lock (_lock)
        {
            var (seconds, bytes) = _stages.GetValueOrDefault(_stage);
            _stages[_stage] = (seconds + Stopwatch.GetElapsedTime(_since).TotalSeconds, Math.Max(bytes, Environment.WorkingSet));
            (_stage, _since) = (value.Stage, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>The longest stages first.</summary>
    public override string ToString()
    {
        Report(new TrainingProgress("", 1));
        return string.Join(", ", _stages.OrderByDescending(stage => stage.Value.Seconds).Take(Shown)
            .Select(stage => FormattableString.Invariant($"{(stage.Key.Length > 0 ? stage.Key : "before the first report")} {stage.Value.Seconds:0.0} s to {stage.Value.Bytes / 1e6:0} MB")));
    }
}
