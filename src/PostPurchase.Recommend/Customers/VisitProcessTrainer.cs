namespace PostPurchase.Recommend.Customers;

/// <summary>Fits a <see cref="VisitProcess"/> to customers' records: by maximum likelihood alone, or with what was held likely before.</summary>
internal static class VisitProcessTrainer
{
    private const int BlockRecords = 256;

    /// <summary>The likeliest process of the given regularity.</summary>
    /// <exception cref="ArgumentException">There are no records.</exception>
    public static VisitProcess Fit(
        IReadOnlyList<VisitRecord> records, int regularity, bool leavesAtStart, TrainingRun run, VisitPrior? prior = null)
    {
        if (records.Count == 0)
            throw new ArgumentException("A visit process cannot be fitted to no customers.", nameof(records));
        var best = LikelihoodSearch.Maximise(point => LogDensity(Process(point), records, run, prior), [1, MeanGap(records), 1, 1], run.Cancellation);
        return Process(best);

        VisitProcess Process(double[] parameters) =>
            new(regularity, parameters[0], parameters[1], parameters[2], parameters[3], leavesAtStart);
    }

    /// <summary>The likeliest process of any regularity up to the most allowed: one more is tried while it is likelier.</summary>
    public static VisitProcess FitRegularity(
        IReadOnlyList<VisitRecord> records, int most, bool leavesAtStart, TrainingRun run, VisitPrior? prior = null)
    {
        var best = Fit(records, 1, leavesAtStart, run, prior);
        var density = LogDensity(best, records, run, prior);
        for (var regularity = 2; regularity <= most; regularity++)
        {
            var next = Fit(records, regularity, leavesAtStart, run, prior);
            var nextDensity = LogDensity(next, records, run, prior);
            if (nextDensity <= density)
                break;
            (best, density) = (next, nextDensity);
        }

        return best;
    }

    public static double LogLikelihood(VisitProcess process, IReadOnlyList<VisitRecord> records, TrainingRun run)
    {
        var blocks = new double[(records.Count + BlockRecords - 1) / BlockRecords];
        ParallelRows.For(records.Count, BlockRecords, run, (from, until) =>
        {
            var sum = 0.0;
            for (var i = from; i < until; i++)
                sum += process.LogLikelihood(records[i]);
            blocks[from / BlockRecords] = sum;
        });
        return blocks.Sum();
    }

    private static double LogDensity(VisitProcess process, IReadOnlyList<VisitRecord> records, TrainingRun run, VisitPrior? prior) =>
        LogLikelihood(process, records, run) + (prior?.LogDensity(process) ?? 0);

    private static double MeanGap(IReadOnlyList<VisitRecord> records)
    {
        var time = records.Sum(record => record.ObservedFor);
        return Math.Max(1e-3, (time + 1) / (records.Sum(record => record.Repeats) + 1.0));
    }
}
