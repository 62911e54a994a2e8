using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using PostPurchase.Recommend.Factorization;
using LibMf = Microsoft.ML.Trainers.MatrixFactorizationTrainer;

namespace PostPurchase.Recommend.MLNet.Benchmarks;

/// <summary>
/// The best twenty of 20,000 products for one customer, both known by their ids, 64 factors, learned from a million simulated pairs: medians
/// of warm repetitions in one process, one customer after the other.
/// The ways take turns by the handful, and the first of a handful does not count, so that each finds the caches as its own.
/// </summary>
internal static class OneCustomer
{
    private const int Factors = 64;
    private const int Wanted = 20;
    private const int Turns = 40;
    private const int WarmTurns = 10;
    private const int Handful = 20;

    public static void Print(PairData pairs, TextWriter output)
    {
        var mlContext = new MLContext(seed: 1);
        var products = pairs.Known.ProductCount;
        var purchases = mlContext.Data.LoadFromEnumerable(pairs.KnownPairs
            .Select(pair => new Purchase { CustomerId = Text(pair.Customer), ProductId = Text(pair.Product), Label = 1 }));
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
            .ImplicitAls(options: new FactorizationOptions { Factors = Factors, Iterations = 5 })
            .Fit(purchases);

        using var engine = mlContext.Model.CreatePredictionEngine<Purchase, Prediction>(libMf);
        var questions = Enumerable.Range(0, products).Select(p => new Purchase { ProductId = Text(p) }).ToList();
        var scores = new float[products];
        var prediction = new Prediction();
        int ByEngine(string customer)
        {
            for (var product = 0; product < products; product++)
            {
                questions[product].CustomerId = customer;
                engine.Predict(questions[product], ref prediction);
                scores[product] = prediction.Score;
            }

            return BestOf(scores);
        }

        var view = mlContext.Data.LoadFromEnumerable(questions);
        int ByTransform(string customer)
        {
            foreach (var question in questions)
                question.CustomerId = customer;
            return BestOf(libMf.Transform(view).GetColumn<float>("Score").ToArray());
        }

        var medians = Medians(
            pairs.Known.CustomerCount,
            ByEngine,
            ByTransform,
            customer => ours.Top(customer, Wanted).Count);
        output.WriteLine(FormattableString.Invariant($"\nBest {Wanted} of {products:N0} products for one customer, {Factors} factors\n"));
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
            // Nobody bought the product.
            if (float.IsNaN(scores[product]))
                continue;
            if (best.Count < Wanted)
                best.Enqueue(product, scores[product]);
            else
                best.EnqueueDequeue(product, scores[product]);
        }

        return best.Count;
    }

    // In turns, so that whatever else the machine does is shared by all.
    private static double[] Medians(int customers, params Func<string, int>[] ways)
    {
        var milliseconds = ways.Select(_ => new List<double>()).ToArray();
        for (var turn = -WarmTurns; turn < Turns; turn++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                for (var repetition = 0; repetition < Handful; repetition++)
                {
                    var customer = Text((int)((uint)((turn * Handful) + repetition) * 7919L % customers));
                    var start = Stopwatch.GetTimestamp();
                    if (ways[way](customer) != Wanted)
                        throw new InvalidOperationException($"There should be {Wanted} products.");
                    if (turn >= 0 && repetition > 0)
                        milliseconds[way].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }
        }

        return [.. milliseconds.Select(times => times.Order().ElementAt(times.Count / 2))];
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
