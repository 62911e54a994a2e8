namespace PostPurchase.Recommend.Replenishment;

/// <summary>A customer's own gaps of a product combined with what other customers' gaps say (normal-normal shrinkage).</summary>
/// <param name="LogGap">The mean logarithm of the gap that is open now, its quantity allowed for.</param>
/// <param name="Spread">The predictive standard deviation of that logarithm, not knowing the own mean included.</param>
/// <param name="ReturnShare">The chance that the gap ends, before the wait so far is looked at.</param>
/// <param name="DaysWaited">Days since the last purchase came into use.</param>
internal readonly record struct PairGap(double LogGap, double Spread, double ReturnShare, double DaysWaited)
{
    public GapCurve Curve => new(LogGap, Spread, ReturnShare, DaysWaited);

    public static PairGap Of(in PairPurchases own, GapPrior prior, GapPriors priors)
    {
        var usual = own.UsualLogQuantity();
        var exponent = priors.QuantityExponent;
        var (gaps, sum) = (own.Count - 1, 0.0);
        for (var i = 0; i < gaps; i++)
            sum += own.LogGap(i, exponent, usual);
        var gap = Of(gaps, sum, own.Gap(gaps), prior, priors);
        return gap with { LogGap = gap.LogGap + (exponent * (own.LogQuantity(gaps) - usual)) };
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
            Math.Max(0.5, daysSince - 0.5));
    }
}
