namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// How much an older gap of a customer counts beside the newest: the factor by which its weight falls with every later gap, learned
/// by predicting each gap from those before it. One where customers keep their rhythm, less where rhythms drift.
/// </summary>
internal static class GapMemory
{
    private static readonly double[] Factors = [1, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6];

    // The gain in log likelihood that a shorter memory has to bring: fewer gaps than that prove nothing.
    private const double LeastGain = 2;

    /// <summary>Learns the factor from gaps in order of pairs and days, each pair's last one open.</summary>
    /// <param name="product">The product of each gap.</param>
    /// <param name="logGap">The logarithm of its length.</param>
    /// <param name="ended">Whether it has ended.</param>
    /// <param name="productMean">The mean logarithm of each product's gaps.</param>
    /// <param name="spread">The standard deviation of logarithms around a customer's own mean.</param>
    /// <param name="productGaps">How many gaps of a customer's own the product's mean is worth.</param>
    public static double Learn(int[] product, float[] logGap, bool[] ended, double[] productMean, double spread, double productGaps)
    {
        var (score, past) = (new double[Factors.Length], new (double Known, double Sum, double Squares)[Factors.Length]);
        var gaps = 0;
        for (var i = 0; i < product.Length; i++)
        {
            if (!ended[i])
            {
                Array.Clear(past);
                gaps = 0;
                continue;
            }

            for (var k = 0; k < Factors.Length; k++)
            {
                var (known, sum, squares) = past[k];
                // Each pair's newest gap, so that all pairs weigh the same; with fewer than two before it, all memories say the same.
                if (gaps > 1 && !ended[i + 1])
                    score[k] += Score(logGap[i], gaps, past[k], productMean[product[i]], spread, productGaps);
                past[k] = ((Factors[k] * known) + 1, (Factors[k] * sum) + logGap[i], (Factors[k] * squares) + (logGap[i] * logGap[i]));
            }

            gaps++;
        }

        var best = Array.IndexOf(score, score.Max());
        return score[best] - score[0] > LeastGain ? Factors[best] : 1;
    }

    // The log density of the gap under the normal that PairGap would give it.
    private static double Score(double logGap, int gaps, (double Known, double Sum, double Squares) past, double productMean, double spread, double productGaps)
    {
        var own = past.Sum / past.Known;
        var mean = ((gaps * own) + (productGaps * productMean)) / (gaps + productGaps);
        var squares = gaps * Math.Max(0, (past.Squares / past.Known) - (own * own));
        var variance = Math.Max(1e-4, spread * spread);
        variance = PairGap.OwnVariance(variance, squares, gaps - 1) * (1 + (1 / (gaps + productGaps)));
        return -0.5 * (Math.Log(variance) + ((logGap - mean) * (logGap - mean) / variance));
    }
}
