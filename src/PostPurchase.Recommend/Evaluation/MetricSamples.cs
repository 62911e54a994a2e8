namespace PostPurchase.Recommend.Evaluation;

/// <summary>Figures of single customers by metric; a customer without a figure adds none.</summary>
internal sealed class MetricSamples(IReadOnlyList<string> metrics)
{
    private readonly List<double>[] _values = metrics.Select(_ => new List<double>()).ToArray();

    /// <summary>Adds a customer's figure of the metric at the given place of the list.</summary>
    public void Add(int metric, double value) => _values[metric].Add(value);

    /// <summary>The mean of every metric that has a value, with its bootstrap interval; of the run the seed and the cancellation count.</summary>
    public List<MetricValue> Means(TrainingRun run)
    {
        List<MetricValue> means = [];
        for (var i = 0; i < _values.Length; i++)
        {
            if (_values[i].Count > 0)
                means.Add(Bootstrap.Mean(metrics[i], _values[i].ToArray(), run.Seed, run.Cancellation));
        }

        return means;
    }
}
