using MathNet.Numerics;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// The time to the next purchase of one customer and product, given that it has not come for a number of days:
/// with probability <see cref="ReturnShare"/> the gap is log-normal, else it never ends. The longer the wait, the more likely
/// it never ends: right-censoring as Bayes' rule.
/// </summary>
internal readonly record struct GapCurve(double LogGap, double Spread, double ReturnShare, double DaysWaited)
{
    /// <summary>The share of the gaps that do end that are longer than the wait so far.</summary>
    public double StillWaiting => Survival(DaysWaited);

    /// <summary>The probability that the customer ever buys again, the wait so far taken into account.</summary>
    public double Ever
    {
        get
        {
            var waiting = ReturnShare * Survival(DaysWaited);
            return waiting / (1 - ReturnShare + waiting);
        }
    }

    /// <summary>The probability of a purchase within the days ahead.</summary>
    public double Within(double days) => 1 - Math.Exp(LogOpen(days) - LogOpen(0));

    /// <summary><see cref="Within"/> and <see cref="Ever"/> at once, which have most of their cost in common.</summary>
    public (double Within, double Ever) WithinAndEver(double days)
    {
        var waiting = ReturnShare * Survival(DaysWaited);
        var open = 1 - ReturnShare + waiting;
        return (1 - Math.Exp(LogOpen(days) - Math.Log(open)), waiting / open);
    }

    /// <summary>
    /// The logarithm of the share of gaps that are still open after the wait and the days ahead; its fall from one day to another is
    /// the cumulative hazard between them.
    /// </summary>
    public double LogOpen(double days) => Math.Log(1 - ReturnShare + (ReturnShare * Survival(DaysWaited + days)));

    private double Survival(double days) =>
        days <= 0 ? 1 : 0.5 * SpecialFunctions.Erfc((Math.Log(days) - LogGap) / (Spread * Constants.Sqrt2));
}
