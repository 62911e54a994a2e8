namespace PostPurchase.Recommend.Factorization;

/// <summary>What a product's popularity makes of the weights of its purchases, of their absence, and of its scores.</summary>
/// <param name="Purchase">The factor on the weight of a purchase of the product.</param>
/// <param name="Absence">The factor on the weight of "did not buy"; the mean over the products is one.</param>
/// <param name="Score">The factor on the product's scores.</param>
internal sealed record ProductWeights(float[] Purchase, float[] Absence, float[] Score)
{
    /// <summary>How much of the product's spectral factors a purchase adds to the customer's; empty without spectral factors.</summary>
    public float[] Projection { get; init; } = [];

    public static ProductWeights Of(SparseRows byProduct, FactorizationOptions options)
    {
        var bought = 0;
        for (var product = 0; product < byProduct.Rows; product++)
            bought += byProduct.ColumnsOf(product).IsEmpty ? 0 : 1;
        var mean = Math.Max(1, (double)byProduct.Entries / Math.Max(1, bought));
        var weights = Uniform(byProduct.Rows);
        var absences = 0d;
        for (var product = 0; product < byProduct.Rows; product++)
        {
            // Never bought counts as bought once: a power of zero would be no weight.
            var popularity = Math.Max(1, byProduct.ColumnsOf(product).Length) / mean;
            weights.Purchase[product] = (float)Math.Pow(popularity, -options.PopularityDamping);
            weights.Absence[product] = (float)Math.Pow(popularity, options.PopularityDamping);
            weights.Score[product] = (float)Math.Pow(popularity, options.ScorePopularityExponent);
            absences += weights.Absence[product];
        }

        foreach (ref var absence in weights.Absence.AsSpan())
            absence = (float)(absence * byProduct.Rows / absences);
        return weights;
    }

    public static ProductWeights Uniform(int products)
    {
        return new ProductWeights(Ones(), Ones(), Ones());

        float[] Ones()
        {
            var ones = new float[products];
            Array.Fill(ones, 1f);
            return ones;
        }
    }
}
