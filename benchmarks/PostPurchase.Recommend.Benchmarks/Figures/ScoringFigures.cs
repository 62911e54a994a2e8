using System.Numerics.Tensors;
using PostPurchase.Recommend.Scoring;
using PostPurchase.Recommend.Scoring.Kernels;

namespace PostPurchase.Recommend.Benchmarks.Figures;

/// <summary>The ten best of 100,000 products of 64 factors, all values independent and normal.</summary>
internal static class ScoringFigures
{
    private const int Products = 100_000;
    private const int Factors = 64;
    private const int Repetitions = 60;

    public static IEnumerable<Figure> Measure()
    {
        var vectors = BenchmarkData.Vectors(Products, Factors);
        var panels = ItemPanels.Pack(vectors, Products, Factors, Factors);
        var customer = vectors[..Factors];
        var best = new ScoredItem[10];
        var scores = new float[Products];
        var read = Clock.Fastest(Repetitions, () => scores[0] += Limits.Read(vectors));
        yield return new Figure("read-100k-64", read, Say($"{4.0 * vectors.Length / read / 1e9:0} GB/s: the limit of the float scan"));
        var plain = Clock.Fastest(Repetitions, () =>
        {
            for (var i = 0; i < scores.Length; i++)
                scores[i] = TensorPrimitives.Dot(vectors.AsSpan(i * Factors, Factors), customer);
        });
        yield return new Figure("plain-loop-100k-64", plain, "TensorPrimitives.Dot for every product, no selection");
        var scan = Clock.Fastest(Repetitions, () => TopItems.Find(panels, customer, [], best));
        yield return new Figure("top10-100k-64-float", scan, Say($"{read / scan:P0} of the read limit; {plain / scan:0.0} x the plain loop"));
        foreach (var (name, items) in new[] { ("", vectors), ("-skewed", Skewed(vectors)), ("-alike", Alike(vectors)) })
        {
            // Lengths as they come, very unlike each other, and vectors that no bound can tell apart.
            var (floats, bytes) = (ItemPanels.Pack(items, Products, Factors, Factors), QuantizedItems.Pack(items, Products, Factors, Factors, []));
            var full = Clock.Fastest(Repetitions, () => TopItems.Find(floats, customer, [], best));
            var quick = Clock.Fastest(Repetitions, () =>
            {
                // As the model does: give up where the first pass tells nothing apart.
                if (QuantizedScan.TryFind(bytes, customer, [], best, QuantizedScan.MostExact(Products, best.Length)) < 0)
                    TopItems.Find(floats, customer, [], best);
            });
            yield return new Figure($"top10-100k-64{name}", quick, Say($"{full / quick:0.00} x the full float scan; {read / quick:0.0} x the float read limit"));
        }

        var peak = Limits.FusedMultiplyAdds();
        foreach (var customers in new[] { 32, 256 })
        {
            var (many, found) = (new ScoredItem[customers * 10], new int[customers]);
            foreach (var kernel in FloatKernels.All.Skip(1))
            {
                var seconds = Clock.Fastest(12, () => TopItems.FindMany(kernel, panels, vectors.AsSpan(0, customers * Factors), [], many, found));
                var rate = 2.0 * Products * Factors * customers / seconds;
                var name = Say($"top10-100k-64-batch{customers}") + (kernel == FloatKernels.Best ? "" : "-" + kernel.Name);
                yield return new Figure(name, seconds, Say($"{customers / seconds:#,0} customers/s; {rate / peak:P0} of {peak / 1e9:0} GFLOP/s"));
            }
        }
    }

    private static float[] Skewed(float[] vectors)
    {
        var random = new SeededRandom(7);
        var skewed = (float[])vectors.Clone();
        for (var product = 0; product < Products; product++)
        {
            var vector = skewed.AsSpan(product * Factors, Factors);
            TensorPrimitives.Multiply(vector, (float)Math.Exp(random.NextNormal()), vector);
        }

        return skewed;
    }

    private static float[] Alike(float[] vectors)
    {
        var alike = (float[])vectors.Clone();
        for (var i = 0; i < alike.Length; i++)
            alike[i] = vectors[i % Factors] + (1e-3f * vectors[i]);
        return alike;
    }

    private static string Say(FormattableString text) => FormattableString.Invariant(text);
}
