namespace PostPurchase.Samples;

/// <summary>The distributions that customers' lives are drawn from.</summary>
internal static class Draws
{
    public static double Exponential(this SeededRandom random, double mean) => -mean * Math.Log(1 - random.NextDouble());

    /// <summary>A factor around 1 whose logarithm is normal with the given standard deviation.</summary>
    public static double Factor(this SeededRandom random, double spread) => Math.Exp(spread * random.NextNormal());

    public static bool Happens(this SeededRandom random, double probability) => random.NextDouble() < probability;

    /// <summary>Gamma with mean 1 and the given shape (Marsaglia and Tsang, "A simple method for generating gamma variables", 2000).</summary>
    public static double UnitGamma(this SeededRandom random, double shape)
    {
        var d = Math.Max(shape, 1) - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = random.NextNormal();
            var v = 1 + (c * x);
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                // Shapes below 1 are drawn one higher and thinned by a power of a uniform number.
                var boosted = shape < 1 ? d * v * Math.Pow(random.NextDouble(), 1 / shape) : d * v;
                return boosted / shape;
            }
        }
    }
}
