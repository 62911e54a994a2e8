namespace PostPurchase.Recommend.Replenishment;

/// <summary>The answer for one customer and product, without the ids.</summary>
/// <param name="Evidence">What it stands on.</param>
/// <param name="Curve">The probability that a purchase has happened by a number of days ahead.</param>
/// <param name="HorizonDays">The days ahead within which the purchase is dated.</param>
/// <param name="TimesBought">The number of purchases the forecast looked at.</param>
/// <param name="LastDay">The day of the last one; zero when there is none.</param>
/// <param name="Gap">The gap that is open now; <c>default</c> when there is no purchase.</param>
internal readonly record struct PairForecast(
    Evidence Evidence, PurchaseCurve Curve, int HorizonDays, int TimesBought, int LastDay, PairGap Gap)
{
    public DueStatus Status =>
        Math.Log(Gap.DaysWaited) <= Gap.LogGap ? DueStatus.Due
        : Math.Log(Gap.DaysWaited) <= Gap.LogGap + (LateDeviations * Gap.Spread) ? DueStatus.Late
        : DueStatus.Lapsed;

    // Nine in ten of a normal lie below its mean and this many standard deviations.
    private const double LateDeviations = 1.2816;

    public ReplenishmentForecast For(string customerId, string productId, DateOnly asOf) =>
        new(customerId, productId, asOf, Evidence, Curve, HorizonDays)
        {
            TimesBought = TimesBought,
            DaysSinceLast = TimesBought == 0 ? null : asOf.DayNumber - LastDay,
            TypicalGapDays = TimesBought == 0 ? null : Math.Exp(Gap.LogGap),
        };
}
