namespace PostPurchase.Recommend;

/// <summary>When a customer will buy a product next: the whole curve of probability over time, and what it stands on.</summary>
/// <remarks>Immutable and safe to read from any number of threads.</remarks>
public sealed class ReplenishmentForecast
{
    private readonly PurchaseCurve _curve;

    internal ReplenishmentForecast(string customerId, string productId, DateOnly asOf, Evidence evidence, PurchaseCurve curve)
    {
        CustomerId = customerId;
        ProductId = productId;
        AsOf = asOf;
        Evidence = evidence;
        _curve = curve;
    }

    /// <summary>The customer asked about.</summary>
    public string CustomerId { get; }

    /// <summary>The product asked about.</summary>
    public string ProductId { get; }

    /// <summary>The day the question was asked for: all days count from it.</summary>
    public DateOnly AsOf { get; }

    /// <summary>What the forecast stands on; <see cref="Evidence.NotPredictable"/> when no date can be given.</summary>
    public Evidence Evidence { get; }

    /// <summary>Whether the forecast carries a date and a window.</summary>
    public bool IsPredictable => Evidence != Evidence.NotPredictable;

    /// <summary>The probability that the customer ever buys the product again, from 0 to 1.</summary>
    public double ProbabilityEver => _curve.Limit;

    /// <summary>
    /// The day by which the purchase is as likely to have happened as not, given that it happens at all (the conditional
    /// median); <see langword="null"/> when not predictable.
    /// </summary>
    public DateOnly? DueDate => IsPredictable ? Day(_curve.Quantile(0.5)) : null;

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
    /// The central window that holds the purchase with the given probability, given that it happens at all;
    /// <see langword="null"/> when not predictable.
    /// </summary>
    /// <param name="level">The share of purchases the window must hold, above 0 and below 1.</param>
    public DateWindow? Window(double level = 0.8)
    {
        if (!(level > 0 && level < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level must lie above 0 and below 1.");
        if (!IsPredictable)
            return null;
        var tail = (1 - level) / 2;
        // The last day of the window is inside it, so the half-open end is the day after.
        return new DateWindow(Day(_curve.Quantile(tail)), Day(_curve.Quantile(1 - tail)).AddDays(1));
    }

    // A purchase at time t after the start of AsOf falls on the day floor(t).
    private DateOnly Day(double daysAhead) =>
        DateOnly.FromDayNumber((int)Math.Min(DateOnly.MaxValue.DayNumber - 1, AsOf.DayNumber + Math.Floor(daysAhead)));
}
