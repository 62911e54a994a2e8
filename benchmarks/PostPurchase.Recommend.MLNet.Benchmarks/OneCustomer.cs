using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using PostPurchase.Recommend.Factorization;
using LibMf = Microsoft.ML.Trainers.MatrixFactorizationTrainer;

namespace PostPurchase.Recommend.MLNet.Benchmarks;

/// <summary>The best twenty of 20,000 products for one customer, 64 factors: medians of warm repetitions in one process.</summary>
internal static class OneCustomer
{
    private const int Customers = 200;
    private const int Products = 20_000;
    private const int Factors = 64;
    private const int Wanted = 20;
    private const int Repetitions = 200;

    public static void Print(TextWriter output)
    {
        var mlContext = new MLContext(seed: 1);
        var random = new Random(1);
        // Every product is in the log once at least, so that both models know all of them.
        var pairs = Enumerable.Range(0, Products).Select(p => new KeyedPair { Customer = (uint)random.Next(Customers), Product = (uint)p, Label = 1 }).ToList();
        var rows = mlContext.Data.LoadFromEnumerable(pairs);
        var libMf = mlContext.Recommendation().Trainers.MatrixFactorization(new LibMf.Options
        {
            MatrixRowIndexColumnName = nameof(KeyedPair.Customer),
            MatrixColumnIndexColumnName = nameof(KeyedPair.Product),
            LabelColumnName = nameof(KeyedPair.Label),
            LossFunction = LibMf.LossFunctionType.SquareLossOneClass,
            ApproximationRank = Factors,
            NumberOfIterations = 1,
            NumberOfThreads = 1,
            Quiet = true,
        }).Fit(rows);
        var purchases = pairs.Select(p => new TextPair { CustomerId = Text(p.Customer), ProductId = Text(p.Product) });
        var ours = mlContext.PostPurchase().Trainers
            .ImplicitAls(options: new FactorizationOptions { Factors = Factors, Iterations = 1 })
            .Fit(mlContext.Data.LoadFromEnumerable(purchases));

        using var engine = mlContext.Model.CreatePredictionEngine<KeyedPair, Prediction>(libMf);
        var question = new KeyedPair { Customer = 7 };
        var scores = new float[Products];
        var prediction = new Prediction();
        var byEngine = Median(() =>
        {
            for (var product = 0; product < Products; product++)
            {
                question.Product = (uint)product;
                engine.Predict(question, ref prediction);
                scores[product] = prediction.Score;
            }

            return BestOf(scores);
        });
        var questions = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, Products).Select(p => new KeyedPair { Customer = 7, Product = (uint)p }).ToList());
        var byTransform = Median(() => BestOf(libMf.Transform(questions).GetColumn<float>("Score").ToArray()));
        var customer = Text(7);
        var byScan = Median(() => ours.Top(customer, Wanted).Count);
        output.WriteLine(FormattableString.Invariant($"\nBest {Wanted} of {Products:N0} products for one customer, {Factors} factors\n\n| way | milliseconds | times our scan |\n| --- | --- | --- |"));
        foreach (var (name, milliseconds) in new[] { ("LIBMF through a warm PredictionEngine", byEngine), ("LIBMF through Transform", byTransform), ("FactorTransformer.Top", byScan) })
            output.WriteLine(FormattableString.Invariant($"| {name} | {milliseconds:0.000} | {milliseconds / byScan:0} |"));
    }

    private static int BestOf(float[] scores)
    {
        var best = new PriorityQueue<int, float>();
        for (var product = 0; product < scores.Length; product++)
        {
            if (best.Count < Wanted)
                best.Enqueue(product, scores[product]);
            else
                best.EnqueueDequeue(product, scores[product]);
        }

        return best.Count;
    }

    private static double Median(Func<int> work)
    {
        var milliseconds = new double[Repetitions];
        for (var i = -20; i < Repetitions; i++)
        {
            var start = Stopwatch.GetTimestamp();
            if (work() != Wanted)
                throw new InvalidOperationException($"There should be {Wanted} products.");
            if (i >= 0)
                milliseconds[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        return milliseconds[Repetitions / 2];
    }

    private static string Text(uint number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class KeyedPair
    {
        [KeyType(Customers)]
        public uint Customer { get; set; }

        [KeyType(Products)]
        public uint Product { get; set; }

        public float Label { get; set; }
    }

    private sealed class TextPair
    {
        public string CustomerId { get; set; } = "";

        public string ProductId { get; set; } = "";
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
