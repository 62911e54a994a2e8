namespace PostPurchase.Recommend.Customers;

/// <summary>Fits a <see cref="SpendProcess"/> to customers' spend: by maximum likelihood alone, or with what was held likely before.</summary>
internal static class SpendProcessTrainer
{
    // Below this the spend expected of a new customer is not finite; only its logarithm above one is searched.
    private const double LeastCustomerShape = 1.01;

    /// <summary>The likeliest process; with nothing held likely before, <see langword="null"/> for fewer than ten customers, who cannot tell three parameters.</summary>
    public static SpendProcess? Fit(IReadOnlyList<SpendRecord> records, TrainingRun run, SpendPrior? prior = null)
    {
        if (prior is null && records.Count < 10)
            return null;
        // In units of the mean order, so that the start is right for any currency.
        var unit = prior?.MeanValue ?? records.Average(record => record.MeanValue);
        var expected = prior is null ? null : new SpendPrior(1);
        SpendRecord[] scaled = [.. records.Select(record => record with { MeanValue = record.MeanValue / unit })];
        var best = LikelihoodSearch.Maximise(LogDensity, [3, 3, 1], run.Cancellation);
        return Process(best, unit);

        double LogDensity(double[] point)
        {
            var process = Process(point, 1);
            return scaled.Sum(record => process.LogLikelihood(record)) + (expected?.LogDensity(process) ?? 0);
        }
    }

    private static SpendProcess Process(double[] parameters, double unit) =>
        new(parameters[0], LeastCustomerShape + parameters[1], parameters[2] * unit);
}
