using System.IO.Compression;
using PostPurchase.Recommend.Benchmarks.Scale;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Scoring;

namespace PostPurchase.Recommend.Benchmarks.Figures;

/// <summary>Matrix factorisation of 843,000 pairs of 20,000 customers and 8,000 products, 64 factors; and reading a log of 300,000 lines.</summary>
internal static class LearningFigures
{
    private const int FewIterations = 2;
    private const int ManyIterations = 7;

    public static IEnumerable<Figure> Factorization()
    {
        var interactions = BenchmarkData.Interactions(20_000, 8_000, 900_000);
        var few = Clock.Fastest(3, () => Train(interactions, FewIterations, 1));
        var iteration = (Clock.Fastest(3, () => Train(interactions, ManyIterations, 1)) - few) / (ManyIterations - FewIterations);
        yield return new Figure("als-20k-8k-843k-64", iteration, "one iteration, both sides, one thread");
        var (one, two, trainingCost) = Clock.InTurns(7, () => Train(interactions, ManyIterations, 1), () => Train(interactions, ManyIterations, 2));
        yield return new Figure("als-20k-8k-843k-64-two-threads", two / ManyIterations, Say($"{one / two:0.00} x one thread by the clock, for {trainingCost:0.00} x the processor time"));
        var model = Train(interactions, FewIterations, 1);
        int[] bought = [.. Enumerable.Range(0, 50).Select(i => i * 37)];
        var vector = new float[model.Factors];
        var foldIn = Clock.Fastest(40, () =>
        {
            for (var i = 0; i < 100; i++)
                model.FoldIn(bought, [], vector);
        }) / 100;
        var before = GC.GetAllocatedBytesForCurrentThread();
        model.FoldIn(bought, [], vector);
        yield return new Figure("fold-in-50-64", foldIn, Say($"{GC.GetAllocatedBytesForCurrentThread() - before:#,0} bytes allocated"));
        var ids = Enumerable.Range(0, 4_096).Select(c => c % model.CustomerCount).ToArray();
        var (alone, shared, scoringCost) = Clock.InTurns(31, () => Batch(model, ids, 1), () => Batch(model, ids, 2));
        yield return new Figure("top10-8k-64-4096-customers-two-threads", shared, Say($"{alone / shared:0.00} x one thread by the clock, for {scoringCost:0.00} x the processor time"));
    }

    public static IEnumerable<Figure> Ingestion()
    {
        var log = Path.GetTempFileName();
        try
        {
            ScaleLog.Write(log, 1_000_000);
            var block = new byte[1 << 18];
            var bytes = 0L;
            var (read, ingest, cost) = Clock.InTurns(
                9,
                () =>
                {
                    using var gzip = new GZipStream(File.OpenRead(log), CompressionMode.Decompress);
                    bytes = 0;
                    for (var count = 1; count > 0; bytes += count)
                        count = gzip.Read(block);
                },
                () => PurchaseHistory.FromCsv(log));
            yield return new Figure("decompress-1m-lines", read, Say($"{bytes / 1e6:0} MB"));
            yield return new Figure("ingest-1m-lines", ingest, Say($"{read / ingest:P0} of the rate of decompressing alone by the clock, {1 / cost:P0} by processor time"));
        }
        finally
        {
            File.Delete(log);
        }
    }

    private static FactorModel Train(InteractionMatrix interactions, int iterations, int threads) =>
        new ImplicitAlsTrainer(new FactorizationOptions { Factors = 64, Iterations = iterations }).Train(interactions, new TrainingRun { Threads = threads });

    private static void Batch(FactorModel model, int[] customers, int threads) =>
        ParallelRows.For(customers.Length, 256, new TrainingRun { Threads = threads }, (first, last) =>
        {
            var vectors = new float[(last - first) * model.Factors];
            for (var i = first; i < last; i++)
                model.Customer(customers[i]).CopyTo(vectors.AsSpan((i - first) * model.Factors));
            TopItems.FindMany(model.Panels, vectors, [], new ScoredItem[(last - first) * 10], new int[last - first]);
        });

    private static string Say(FormattableString text) => FormattableString.Invariant(text);
}
