namespace PostPurchase.Recommend.Evaluation;

/// <summary>
/// Percentile bootstrap of a mean (Efron and Tibshirani 1993, section 13.3): how far the figure could be off because these
/// customers were asked and not others.
/// </summary>
internal static class Bootstrap
{
    public const int Resamples = 1000;

    /// <summary>The mean of the values with its 95 % interval; the same seed gives the same interval.</summary>
    public static MetricValue Mean(string metric, ReadOnlySpan<double> values, ulong seed, CancellationToken cancellation = default)
    {
        if (values.IsEmpty)
            throw new ArgumentException($"There is no value of {metric} to take the mean of.", nameof(values));
        var sum = 0.0;
        foreach (var value in values)
            sum += value;

        var random = new SeededRandom(seed);
        var means = new double[Resamples];
        for (var resample = 0; resample < means.Length; resample++)
        {
            cancellation.ThrowIfCancellationRequested();
            var drawn = 0.0;
            for (var i = 0; i < values.Length; i++)
                drawn += values[random.Next(values.Length)];
            means[resample] = drawn / values.Length;
        }

        Array.Sort(means);
        return new MetricValue(
            metric, sum / values.Length, Quantile(means, 0.025), Quantile(means, 0.975), values.Length);
    }

    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return sorted[below] + ((place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }
}
