using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using PostPurchase.Recommend.Factorization;
using LibMf = Microsoft.ML.Trainers.MatrixFactorizationTrainer;

namespace PostPurchase.Recommend.MLNet.Benchmarks;

/// <summary>
/// The best twenty of 20,000 products for one customer, both known by their ids, 64 factors: medians of warm repetitions in one process.
/// </summary>
internal static class OneCustomer
{
    private const int Customers = 200;
    private const int Products = 20_000;
    private const int Factors = 64;
    private const int Wanted = 20;
    private const int Repetitions = 200;
    private const int Warmups = 20;

    public static void Print(TextWriter output)
    {
        var mlContext = new MLContext(seed: 1);
        var random = new Random(1);
        // Every product is in the log once at least, so that both models know all of them.
        var purchases = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, Products)
            .Select(p => new Purchase { CustomerId = Text(random.Next(Customers)), ProductId = Text(p), Label = 1 })
            .ToList());
        var libMf = mlContext.Transforms.Conversion.MapValueToKey("Row", nameof(Purchase.CustomerId))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Column", nameof(Purchase.ProductId)))
            .Append(mlContext.Recommendation().Trainers.MatrixFactorization(new LibMf.Options
            {
                MatrixRowIndexColumnName = "Row",
                MatrixColumnIndexColumnName = "Column",
                LabelColumnName = nameof(Purchase.Label),
                LossFunction = LibMf.LossFunctionType.SquareLossOneClass,
                ApproximationRank = Factors,
                NumberOfIterations = 1,
                NumberOfThreads = 1,
                Quiet = true,
            })).Fit(purchases);
        var ours = mlContext.PostPurchase().Trainers
            .ImplicitAls(options: new FactorizationOptions { Factors = Factors, Iterations = 1 })
            .Fit(purchases);

        using var engine = mlContext.Model.CreatePredictionEngine<Purchase, Prediction>(libMf);
        var questions = Enumerable.Range(0, Products).Select(p => new Purchase { CustomerId = Text(7), ProductId = Text(p) }).ToList();
        var scores = new float[Products];
        var prediction = new Prediction();
        int ByEngine()
        {
            for (var product = 0; product < Products; product++)
            {
                engine.Predict(questions[product], ref prediction);
                scores[product] = prediction.Score;
            }

            return BestOf(scores);
        }

        var view = mlContext.Data.LoadFromEnumerable(questions);
        var customer = Text(7);
        var medians = Medians(
            ByEngine,
            () => BestOf(libMf.Transform(view).GetColumn<float>("Score").ToArray()),
            () => ours.Top(customer, Wanted).Count);
        output.WriteLine(FormattableString.Invariant($"\nBest {Wanted} of {Products:N0} products for one customer, {Factors} factors\n"));
        output.WriteLine("| way | milliseconds | times our scan |\n| --- | --- | --- |");
        string[] ways = ["LIBMF through a warm PredictionEngine", "LIBMF through Transform", "FactorTransformer.Top"];
        foreach (var (name, milliseconds) in ways.Zip(medians))
            output.WriteLine(FormattableString.Invariant($"| {name} | {milliseconds:0.000} | {milliseconds / medians[^1]:0} |"));
    }

    private static int BestOf(float[] scores)
    {
        var best = new PriorityQueue<int, float>();
        for (var product = 0; product < scores.Length; product++)
        {
            if (float.IsNaN(scores[product]))
                throw new InvalidOperationException($"Product {product} is unknown to LIBMF.");
            if (best.Count < Wanted)
                best.Enqueue(product, scores[product]);
            else
                best.EnqueueDequeue(product, scores[product]);
        }

        return best.Count;
    }

    // In turns, so that whatever else the machine does is shared by all.
    private static double[] Medians(params Func<int>[] ways)
    {
        var milliseconds = ways.Select(_ => new double[Repetitions]).ToArray();
        for (var repetition = -Warmups; repetition < Repetitions; repetition++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var start = Stopwatch.GetTimestamp();
                if (ways[way]() != Wanted)
                    throw new InvalidOperationException($"There should be {Wanted} products.");
                if (repetition >= 0)
                    milliseconds[way][repetition] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        return [.. milliseconds.Select(times => times.Order().ElementAt(Repetitions / 2))];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Purchase
    {
        public string CustomerId { get; set; } = "";

        public string ProductId { get; set; } = "";

        public float Label { get; set; }
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
