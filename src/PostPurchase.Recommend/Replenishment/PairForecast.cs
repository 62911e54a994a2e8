using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>The answer for one customer and product, without the ids.</summary>
/// <param name="Evidence">What it stands on.</param>
/// <param name="Curve">The probability that a purchase has happened by a number of days ahead.</param>
/// <param name="HorizonDays">The days ahead within which the purchase is dated.</param>
/// <param name="TimesBought">The number of purchases the forecast looked at.</param>
/// <param name="LastDay">The day of the last one, or of the base product that a first purchase follows; zero when there is neither.</param>
/// <param name="Gap">The gap that is open since then; <c>default</c> when there is none.</param>
internal readonly record struct PairForecast(
    Evidence Evidence, PurchaseCurve Curve, int HorizonDays, int TimesBought, int LastDay, PairGap Gap)
{
    /// <summary>The curve that dates are read from: as much of it within the horizon, but not always when.</summary>
    public required PurchaseCurve Dates { get; init; }

    /// <summary>What it stands on, whether or not a date can be given.</summary>
    public required Evidence Basis { get; init; }

    /// <summary>The base product that a first purchase follows, or -1.</summary>
    public int BaseProduct { get; init; } = -1;

    /// <summary>The status of the need that the product serves, where the catalogue names one: the same for all its products.</summary>
    public DueStatus? NeedStatus { get; init; }

    public DueStatus Status =>
        NeedStatus is { } status ? status
        : Gap.LogWaited <= Gap.LogGap ? DueStatus.Due
        : Gap.LogWaited <= Gap.LogGap + (LateDeviations * Gap.Spread) ? DueStatus.Late
        : DueStatus.Lapsed;

    // Nine in ten of a normal lie below its mean and this many standard deviations.
    private const double LateDeviations = 1.2816;

    /// <summary>The forecast with its ids; those of the base product are looked up in <paramref name="products"/>.</summary>
    public ReplenishmentForecast For(string customerId, string productId, DateOnly asOf, IdIndex? products = null) =>
        For(customerId, productId, BaseProduct < 0 ? null : products?[BaseProduct], group: null, asOf);

    /// <summary>The forecast with its ids.</summary>
    public ReplenishmentForecast For(string customerId, string productId, string? baseProductId, string? group, DateOnly asOf) =>
        new(customerId, productId, asOf, Evidence, Curve, HorizonDays, Dates)
        {
            ReplenishmentGroup = group,
            BaseProductId = baseProductId,
            DaysSinceBase = BaseProduct < 0 ? null : asOf.DayNumber - LastDay,
            TimesBought = TimesBought,
            DaysSinceLast = TimesBought == 0 ? null : asOf.DayNumber - LastDay,
            TypicalGapDays = TimesBought == 0 ? null : Gap.DeliveryDays + Math.Exp(Gap.LogGap),
        };
}
