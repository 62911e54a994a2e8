using Spectre.Console;

namespace PostPurchase.Recommend.Tool.Output;

/// <summary>Keeps one bar a stage of the training; reports may come from any thread.</summary>
internal sealed class StageBars(ProgressContext context) : IProgress<TrainingProgress>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ProgressTask> _bars = new(StringComparer.Ordinal);

    public void Report(TrainingProgress value)
    {
        lock (_lock)
        {
            if (!_bars.TryGetValue(value.Stage, out var bar))
            {
                bar = context.AddTask(Markup.Escape(value.Stage), maxValue: 1);
                _bars.Add(value.Stage, bar);
            }

            bar.Value = value.Done;
        }
    }
}
