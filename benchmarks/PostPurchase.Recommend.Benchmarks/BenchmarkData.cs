using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Scoring;

namespace PostPurchase.Recommend.Benchmarks;

/// <summary>Seeded inputs: the same on every machine, and built outside what is measured.</summary>
internal static class BenchmarkData
{
    public static float[] Vectors(int count, int factors)
    {
        var random = new SeededRandom(1);
        var values = new float[count * factors];
        foreach (ref var value in values.AsSpan())
            value = (float)random.NextNormal();
        return values;
    }

    public static ItemPanels Panels(int count, int factors) => ItemPanels.Pack(Vectors(count, factors), count, factors, factors);

    /// <summary>A mask that allows half of the items.</summary>
    public static ulong[] HalfMask(int items)
    {
        var random = new SeededRandom(2);
        var mask = new ulong[Eligibility.Words(items)];
        foreach (ref var word in mask.AsSpan())
            word = random.NextUInt64();
        return mask;
    }

    /// <summary>Interactions with popular products and heavy customers; pairs that come twice are merged.</summary>
    public static InteractionMatrix Interactions(int customers, int products, int triples)
    {
        var random = new SeededRandom(3);
        var (u, i) = (new int[triples], new int[triples]);
        for (var n = 0; n < triples; n++)
        {
            var (a, b) = (random.NextDouble(), random.NextDouble());
            u[n] = (int)(a * a * customers);
            i[n] = (int)(b * b * b * products);
        }

        return InteractionMatrix.FromTriples(customers, products, u, i);
    }
}
