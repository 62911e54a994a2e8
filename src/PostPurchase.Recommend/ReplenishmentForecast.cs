using System.Globalization;

namespace PostPurchase.Recommend;

/// <summary>When a customer will buy a product next: the whole curve of probability over time, and what it stands on.</summary>
/// <remarks>Immutable and safe to read from any number of threads.</remarks>
public sealed class ReplenishmentForecast
{
    /// <summary>The days ahead that every curve covers.</summary>
    internal const int LongestHorizonDays = 730;

    private readonly PurchaseCurve _curve;
    private readonly PurchaseCurve _dates;

    internal ReplenishmentForecast(
        string customerId, string productId, DateOnly asOf, Evidence evidence, PurchaseCurve curve, int horizonDays, PurchaseCurve? dates = null)
    {
        CustomerId = customerId;
        ProductId = productId;
        AsOf = asOf;
        Evidence = evidence;
        (_curve, _dates) = (curve, dates ?? curve);
        HorizonDays = horizonDays;
    }

    /// <summary>The customer asked about.</summary>
    public string CustomerId { get; }

    /// <summary>
    /// The product asked about; of a group, the one of it that the customer bought last (of several the first by id), and empty when none.
    /// </summary>
    public string ProductId { get; }

    /// <summary>
    /// The replenishment group asked about, whose products all count as one, or <see langword="null"/> when a single product was asked about.
    /// </summary>
    public string? ReplenishmentGroup { get; internal init; }

    /// <summary>The day the question was asked for: all days count from it.</summary>
    public DateOnly AsOf { get; }

    /// <summary>What the forecast stands on; <see cref="Evidence.NotPredictable"/> when no date can be given.</summary>
    public Evidence Evidence { get; }

    /// <summary>Whether the forecast carries a date and a window.</summary>
    public bool IsPredictable => Evidence != Evidence.NotPredictable;

    /// <summary>
    /// The days ahead that <see cref="DueDate"/> and <see cref="Window"/> are given for: half a year, or longer for a product with
    /// long gaps. A purchase later than that answers another need.
    /// </summary>
    public int HorizonDays { get; }

    /// <summary>On how many days the customer bought the product before <see cref="AsOf"/>.</summary>
    public int TimesBought { get; internal init; }

    /// <summary>Days since the customer last bought the product, or <see langword="null"/> when never.</summary>
    public int? DaysSinceLast { get; internal init; }

    /// <summary>
    /// The gap expected between two purchases, in days: the customer's own gaps, pulled to those of other customers, with the last
    /// quantity allowed for; <see langword="null"/> when the customer has never bought the product.
    /// </summary>
    public double? TypicalGapDays { get; internal init; }

    /// <summary>
    /// The base product whose purchase this first one follows, such as the toothbrush that heads are bought for;
    /// <see langword="null"/> when the customer has bought the product before, or no such base.
    /// </summary>
    public string? BaseProductId { get; internal init; }

    /// <summary>Days since the customer first bought <see cref="BaseProductId"/>, or <see langword="null"/> without one.</summary>
    public int? DaysSinceBase { get; internal init; }

    /// <summary>
    /// The probability that the customer still is a buyer of the product, from 0 to 1: that there is a next purchase within two years.
    /// </summary>
    public double ProbabilityEver => _curve.Limit;

    /// <summary>
    /// The day by which the purchase is as likely to have happened as not, given that it happens within <see cref="HorizonDays"/>
    /// (the conditional median); <see langword="null"/> when not predictable. On the days right after a purchase the pair's own rhythm has
    /// more of a say in dates and windows than in <see cref="ProbabilityWithin"/>.
    /// </summary>
    public DateOnly? DueDate => IsPredictable ? Day(Math.Floor(Quantile(0.5, HorizonDays))) : null;

    /// <summary>The probability that the customer buys the product in [<see cref="AsOf"/>, <see cref="AsOf"/> + <paramref name="days"/>).</summary>
    /// <param name="days">The number of days; zero or more.</param>
    public double ProbabilityWithin(int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        return _curve.At(days);
    }

    /// <summary>The probability that the customer buys the product inside the window; the part before <see cref="AsOf"/> counts nothing.</summary>
    /// <param name="window">The half-open window.</param>
    public double ProbabilityIn(DateWindow window)
    {
        var from = Math.Max(0, window.From.DayNumber - AsOf.DayNumber);
        var until = Math.Max(0, window.Until.DayNumber - AsOf.DayNumber);
        return Math.Max(0, _curve.At(until) - _curve.At(from));
    }

    /// <summary>
    /// The central window that holds the purchase with the given probability, given that it happens within
    /// <paramref name="withinDays"/>; <see langword="null"/> when not predictable.
    /// </summary>
    /// <param name="level">The share of purchases the window must hold, above 0 and below 1.</param>
    /// <param name="withinDays">
    /// The days ahead, from 1 to 730. The default, <see cref="HorizonDays"/>, leaves aside purchases nobody would wait for; with 730 the window
    /// is that of a purchase known to happen some day, which reaches further where rare late ones are.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The level or the days lie outside.</exception>
    public DateWindow? Window(double level = 0.8, int? withinDays = null)
    {
        if (!(level > 0 && level < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level must lie above 0 and below 1.");
        var horizon = withinDays ?? HorizonDays;
        if (horizon is < 1 or > LongestHorizonDays)
            throw new ArgumentOutOfRangeException(nameof(withinDays), withinDays, $"Windows look from 1 to {LongestHorizonDays} days ahead.");
        if (!IsPredictable)
            return null;
        var tail = (1 - level) / 2;
        // Rounded to whole days both ends: outwards, a window of days would hold more than it says.
        var from = Math.Round(Quantile(tail, horizon));
        return new DateWindow(Day(from), Day(Math.Max(from + 1, Math.Round(Quantile(1 - tail, horizon)))));
    }

    /// <summary>The forecast as a sentence without a full stop, such as "bought 4 times, about every 31 days, last 29 days ago; due 2024-05-02".</summary>
    public override string ToString()
    {
        var past = new RecommendationReason
        {
            Kind = ReasonKind.BoughtBefore,
            TimesBought = TimesBought,
            MeanGapDays = TypicalGapDays,
            DaysSinceLast = DaysSinceLast,
        };
        var bought = TimesBought > 0 ? past.ToString()
            : BaseProductId is null ? "never bought"
            : string.Create(CultureInfo.InvariantCulture, $"never bought, goes with {BaseProductId} bought {DaysSinceBase} days ago");
        return DueDate is { } due ? string.Create(CultureInfo.InvariantCulture, $"{bought}; due {due:yyyy-MM-dd}") : $"{bought}; not predictable";
    }

    private double Quantile(double share, int horizonDays) => _dates.Limit > 0 ? _dates.Quantile(share * _dates.At(horizonDays) / _dates.Limit) : 0;

    private DateOnly Day(double daysAhead) =>
        DateOnly.FromDayNumber((int)Math.Min(DateOnly.MaxValue.DayNumber, AsOf.DayNumber + daysAhead));
}
