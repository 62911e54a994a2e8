namespace PostPurchase.Recommend.Replenishment;

/// <summary>A customer's own gaps of a product combined with what other customers' gaps say (normal-normal shrinkage).</summary>
/// <param name="LogGap">The mean logarithm of the gap that is open now, its quantity allowed for.</param>
/// <param name="Spread">The predictive standard deviation of that logarithm, not knowing the own mean included.</param>
/// <param name="ReturnShare">The chance that the gap ends, before the wait so far is looked at.</param>
/// <param name="DaysWaited">Days since the last purchase came into use; below zero while it is on its way.</param>
internal readonly record struct PairGap(double LogGap, double Spread, double ReturnShare, double DaysWaited)
{
    // How many own deviations the product's spread is worth: customers differ in how well they keep time, too.
    private const double SpreadGaps = 4;

    // A day counts as half over.
    private const double LeastWaited = 0.5;

    /// <summary>The logarithm of <see cref="DaysWaited"/>; what is on its way has been waited for half a day.</summary>
    public double LogWaited => Math.Log(Math.Max(LeastWaited, DaysWaited));

    /// <summary>Days from a purchase to its use: with them the gap is one between two purchases.</summary>
    public double DeliveryDays { get; init; }

    public GapCurve Curve => new(LogGap, Spread, ReturnShare, DaysWaited);

    public static PairGap Of(in PairPurchases own, GapPrior prior, GapPriors priors)
    {
        var usual = own.UsualLogQuantity();
        var exponent = priors.QuantityExponent;
        var (gaps, known, sum, squares) = (own.Count - 1, 0.0, 0.0, 0.0);
        for (var i = 0; i < gaps; i++)
        {
            var logGap = own.LogGap(i, exponent, usual);
            known = (priors.Memory * known) + 1;
            sum = (priors.Memory * sum) + logGap;
            squares = (priors.Memory * squares) + (logGap * logGap);
        }

        var mean = gaps == 0 ? 0 : sum / known;
        var gap = Of(gaps, gaps * mean, own.Gap(gaps), prior, priors);
        return gap with
        {
            DaysWaited = own.DaysWaited(priors.DeliveryDays) - LeastWaited,
            DeliveryDays = own.DeliveryDays(priors.DeliveryDays),
            LogGap = gap.LogGap + (exponent * (own.LogQuantity(gaps) - usual)),
            Spread = gaps < 2 ? gap.Spread : gap.Spread * SpreadRatio(gaps * Math.Max(0, (squares / known) - (mean * mean)), gaps - 1, prior),
        };
    }

    /// <summary>Where quantities are left aside, the number of gaps and the sum of their logarithms tell all.</summary>
    public static PairGap Of(int gaps, double sumOfLogs, double daysSince, GapPrior prior, GapPriors priors)
    {
        var between = Math.Max(1e-4, priors.CustomerSpread * priors.CustomerSpread);
        var within = Math.Max(1e-4, prior.Spread * prior.Spread);
        var strength = within / between;
        var mean = (sumOfLogs + (strength * prior.LogGap)) / (gaps + strength);
        // Each purchase after the first is a gap that did end.
        var share = (gaps + (priors.ReturnStrength * prior.ReturnShare)) / (gaps + priors.ReturnStrength);
        return new PairGap(
            mean,
            Math.Sqrt(within * (1 + (1 / (gaps + strength)))),
            share,
            Math.Max(LeastWaited, daysSince - LeastWaited));
    }

    /// <summary>The variance around the own mean: that of the own gaps, pulled to the product's (inverse gamma).</summary>
    public static double OwnVariance(double productVariance, double ownSquares, double ownFree) =>
        ((SpreadGaps * productVariance) + ownSquares) / (SpreadGaps + ownFree);

    /// <summary>
    /// A spread known from few deviations makes a Student t of the normal: the factor that takes the normal's outer tenths to those of the t
    /// (Abramowitz and Stegun 1964, 26.7.5, its first two terms).
    /// </summary>
    public static double TailFactor(int gaps)
    {
        var free = SpreadGaps + Math.Max(0, gaps - 1);
        return 1 + (0.661 / free) + (0.446 / (free * free));
    }

    private static double SpreadRatio(double squares, double free, GapPrior prior)
    {
        var variance = Math.Max(1e-4, prior.Spread * prior.Spread);
        return Math.Sqrt(OwnVariance(variance, squares, free) / variance);
    }
}
