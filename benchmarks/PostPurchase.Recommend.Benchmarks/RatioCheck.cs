using System.Diagnostics;
using System.Numerics.Tensors;
using System.Text.Json;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Scoring;
using PostPurchase.Recommend.Scoring.Kernels;

namespace PostPurchase.Recommend.Benchmarks;

/// <summary>
/// Ratios and allocations instead of times: what is measured and what it is compared with take turns in one process, so the figures
/// hold on a busy machine and on another one with registers of the same width.
/// </summary>
internal static class RatioCheck
{
    // A ratio moves with the machine's load; a lost vectorisation or an accidental copy costs more than this.
    private const double Band = 0.5;
    private const int Rounds = 31;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static int Run(string baselinePath, bool accept)
    {
        var figures = Measure();
        foreach (var (name, value) in figures)
            Console.WriteLine($"{name,-60} {value,10:0.00}");
        if (accept)
        {
            File.WriteAllText(baselinePath, JsonSerializer.Serialize(figures, Indented) + "\n");
            return 0;
        }

        var baseline = JsonSerializer.Deserialize<SortedDictionary<string, double>>(File.ReadAllText(baselinePath))!;
        var failures = 0;
        foreach (var (name, expected) in baseline)
        {
            if (!figures.TryGetValue(name, out var actual))
            {
                Console.WriteLine($"left out here: {name}");
                continue;
            }

            var holds = name.EndsWith("bytes", StringComparison.Ordinal) ? actual <= expected : actual >= expected * Band;
            if (!holds)
            {
                failures++;
                Console.WriteLine($"REGRESSION: {name} is {actual:0.00}, the baseline {expected:0.00}");
            }
        }

        return failures == 0 ? 0 : 1;
    }

    private static SortedDictionary<string, double> Measure()
    {
        const int products = 50_000;
        const int factors = 64;
        SortedDictionary<string, double> figures = new(StringComparer.Ordinal);
        var vectors = BenchmarkData.Vectors(products, factors);
        var panels = ItemPanels.Pack(vectors, products, factors, factors);
        var customer = vectors[..factors];
        var many = vectors[..(32 * factors)];
        var (scores, best, batchBest, found) = (new float[products], new ScoredItem[10], new ScoredItem[320], new int[32]);
        void PlainLoop()
        {
            for (var i = 0; i < scores.Length; i++)
                scores[i] = TensorPrimitives.Dot(vectors.AsSpan(i * factors, factors), customer);
        }

        foreach (var kernel in Accelerated())
        {
            figures[$"top 10 by {kernel.Name}: times faster than the plain loop"] =
                Ratio(PlainLoop, () => TopItems.Find(kernel, panels, customer, [], best));
            figures[$"top 10 of 32 customers by {kernel.Name}: times faster than one by one"] = Ratio(
                () =>
                {
                    for (var c = 0; c < 32; c++)
                        TopItems.Find(kernel, panels, many.AsSpan(c * factors, factors), [], batchBest.AsSpan(c * 10, 10));
                },
                () => TopItems.FindMany(kernel, panels, many, [], batchBest, found));
        }

        if (QuantizedScan.IsAccelerated)
        {
            var quantized = QuantizedItems.Pack(vectors, products, factors, factors, []);
            figures["top 10 by way of eight-bit values: times faster than the float scan"] = Ratio(
                () => TopItems.Find(panels, customer, [], best), () => QuantizedScan.Find(quantized, customer, [], best));
            figures["top 10 by way of eight-bit values: bytes"] = Bytes(() => QuantizedScan.Find(quantized, customer, [], best));
        }

        var small = ItemPanels.Pack(vectors, 2_000, factors, factors);
        figures["top 10 by the best kernel: times faster than scalar"] = Ratio(
            () => TopItems.Find(FloatKernels.Scalar, small, customer, [], best),
            () => TopItems.Find(FloatKernels.Best, small, customer, [], best));
        figures["top 10: bytes"] = Bytes(() => TopItems.Find(panels, customer, [], best));
        figures["top 10 of 32 customers: bytes"] = Bytes(() => TopItems.FindMany(panels, many, [], batchBest, found));

        var interactions = BenchmarkData.Interactions(2_000, 1_000, 60_000);
        var options = new FactorizationOptions { Factors = factors, Iterations = 2 };
        var model = new ImplicitAlsTrainer(options).Train(interactions, new TrainingRun { Threads = 1 });
        int[] bought = [.. Enumerable.Range(0, 50).Select(i => i * 17)];
        var vector = new float[factors];
        figures["fold-in of 50 products: times faster than scoring 50,000 in the plain loop"] =
            Ratio(PlainLoop, () => model.FoldIn(bought, [], vector));
        figures["fold-in of 50 products: bytes"] = Bytes(() => model.FoldIn(bought, [], vector));
        return figures;
    }

    private static IEnumerable<FloatKernel> Accelerated() => FloatKernels.All.Where(kernel => kernel.Name switch
    {
        "vector128" => System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated,
        "vector256" => System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated,
        "vector512" => System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated,
        _ => false,
    });

    /// <summary>The median over rounds of the ratio of two times measured right after each other.</summary>
    private static double Ratio(Action slow, Action fast)
    {
        for (var warm = 0; warm < 60; warm++)
        {
            slow();
            fast();
        }

        var ratios = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
            ratios[round] = Time(slow) / Time(fast);
        Array.Sort(ratios);
        return Math.Round(ratios[Rounds / 2], 2);
    }

    private static double Time(Action action)
    {
        var least = double.MaxValue;
        for (var repeat = 0; repeat < 3; repeat++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return least;
    }

    private static double Bytes(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
