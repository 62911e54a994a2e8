namespace PostPurchase.Recommend.Evaluation;

/// <summary>Figures of single customers by metric, in the order the metrics were first seen; a customer without a figure adds none.</summary>
internal sealed class MetricSamples
{
    private readonly List<string> _names = [];
    private readonly List<List<double>> _values = [];

    public void Add(string metric, double value)
    {
        var place = _names.IndexOf(metric);
        if (place < 0)
        {
            place = _names.Count;
            _names.Add(metric);
            _values.Add([]);
        }

        _values[place].Add(value);
    }

    /// <summary>The mean of every metric with its bootstrap interval.</summary>
    public List<MetricValue> Means(ulong seed)
    {
        List<MetricValue> means = [];
        for (var i = 0; i < _names.Count; i++)
            means.Add(Bootstrap.Mean(_names[i], _values[i].ToArray(), seed));
        return means;
    }
}
