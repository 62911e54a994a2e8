using PostPurchase.Recommend.Factorization;

namespace PostPurchase.Recommend.Tests.Factorization;

/// <summary>Small seeded interactions for tests, as triples and as the matrix made of them.</summary>
internal sealed record InteractionSample(int Customers, int Products, int[] Customer, int[] Product, float[] Count)
{
    public InteractionMatrix Matrix => InteractionMatrix.FromTriples(Customers, Products, Customer, Product, Count);

    public Dictionary<(int, int), double> Counts
    {
        get
        {
            var counts = new Dictionary<(int, int), double>();
            for (var i = 0; i < Customer.Length; i++)
                counts[(Customer[i], Product[i])] = counts.GetValueOrDefault((Customer[i], Product[i])) + Count[i];
            return counts;
        }
    }

    public static InteractionSample Random(int customers, int products, int triples, ulong seed)
    {
        var random = new SeededRandom(seed);
        var sample = new InteractionSample(customers, products, new int[triples], new int[triples], new float[triples]);
        for (var i = 0; i < triples; i++)
        {
            sample.Customer[i] = random.Next(customers);
            // Squared: popular products exist, as everywhere.
            var u = random.NextDouble();
            sample.Product[i] = (int)(u * u * products);
            sample.Count[i] = 1 + random.Next(4);
        }

        return sample;
    }

    /// <summary>Even customers buy even products, odd ones odd products, but each leaves out one product of its kind.</summary>
    public static InteractionSample Checkerboard(int side)
    {
        List<int> customers = [], products = [];
        for (var u = 0; u < side; u++)
        {
            for (var i = 0; i < side; i++)
            {
                if ((u + i) % 2 == 0 && i != u)
                {
                    customers.Add(u);
                    products.Add(i);
                }
            }
        }

        var ones = new float[customers.Count];
        Array.Fill(ones, 1f);
        return new InteractionSample(side, side, [.. customers], [.. products], ones);
    }
}
