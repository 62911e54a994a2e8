using System.Diagnostics;
using Microsoft.ML;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.MLNet.Evaluation;
using PostPurchase.Recommend.MLNet.Factorization;

namespace PostPurchase.Recommend.MLNet.Benchmarks;

/// <summary>LIBMF and implicit ALS on the same pairs, one after the other in one process: 64 factors, 20 iterations, one thread.</summary>
internal static class SideBySide
{
    private const int Factors = 64;
    private const int Iterations = 20;
    private const int Count = 20;

    public static void Print(IEnumerable<PairData> data, TextWriter output)
    {
        (string Name, IFactorTrainer Trainer)[] trainers =
        [
            ("implicit ALS", new ImplicitAlsTrainer(new FactorizationOptions { Factors = Factors, Iterations = Iterations })),
            ("LIBMF one-class, ML.NET's weights", new MatrixFactorizationTrainer(
                new MatrixFactorizationOptions { Factors = Factors, Iterations = Iterations, UnobservedWeight = 0.0001 })),
            ("LIBMF one-class, our defaults", new MatrixFactorizationTrainer(
                new MatrixFactorizationOptions { Factors = Factors, Iterations = Iterations })),
        ];
        foreach (var pairs in data)
        {
            output.WriteLine($"\n{pairs}\n");
            output.WriteLine($"| trainer | CPU seconds | Recall@{Count} | NDCG@{Count} |\n| --- | --- | --- | --- |");
            foreach (var (name, trainer) in trainers)
                Print(name, trainer, pairs, output);
        }
    }

    private static void Print(string name, IFactorTrainer trainer, PairData pairs, TextWriter output)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var model = trainer.Train(pairs.Known, new TrainingRun { Threads = 1 });
        process.Refresh();
        var seconds = (process.TotalProcessorTime - before).TotalSeconds;
        var metrics = new MLContext().Recommendation().EvaluateRanking(model, pairs.Known, pairs.Truth, Count);
        output.WriteLine(FormattableString.Invariant($"| {name} | {seconds:0.0} | {metrics.Recall:.0000} | {metrics.Ndcg:.0000} |"));
        output.Flush();
    }
}
