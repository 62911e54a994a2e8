namespace PostPurchase.Recommend.Customers;

/// <summary>Fits a <see cref="SpendProcess"/> to customers' spend by maximum likelihood.</summary>
internal static class SpendProcessTrainer
{
    // Below this the spend expected of a new customer is not finite; only its logarithm above one is searched.
    private const double LeastCustomerShape = 1.01;

    /// <summary>The likeliest process; <see langword="null"/> with fewer than ten customers, who cannot tell three parameters.</summary>
    public static SpendProcess? Fit(IReadOnlyList<SpendRecord> records, TrainingRun run)
    {
        if (records.Count < 10)
            return null;
        // In units of the mean order, so that the start is right for any currency.
        var unit = records.Average(record => record.MeanValue);
        SpendRecord[] scaled = [.. records.Select(record => record with { MeanValue = record.MeanValue / unit })];
        var best = LikelihoodSearch.Maximise(point => scaled.Sum(record => Process(point, 1).LogLikelihood(record)), [3, 3, 1], run.Cancellation);
        return Process(best, unit);
    }

    private static SpendProcess Process(double[] parameters, double unit) =>
        new(parameters[0], LeastCustomerShape + parameters[1], parameters[2] * unit);
}
