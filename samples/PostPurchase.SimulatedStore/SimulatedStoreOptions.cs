namespace PostPurchase.Samples;

/// <summary>The size of a simulated store, and the seed that makes it one store and no other.</summary>
/// <remarks>
/// A customer's life depends on the seed and on the customer's number only: a larger store holds the smaller one's
/// customers unchanged, and a longer log starts with the shorter one.
/// </remarks>
public sealed record SimulatedStoreOptions
{
    /// <summary>The number of registered customers; at least 1.</summary>
    /// <value>The default value is 2,000.</value>
    public int Customers { get; init; } = 2_000;

    /// <summary>The days of the log; at least 1.</summary>
    /// <value>The default value is 730: two years.</value>
    public int Days { get; init; } = 730;

    /// <summary>The days after the log that are simulated too but held out, so that forecasts can be checked; zero or more.</summary>
    /// <value>The default value is 365: long enough to see what falls due.</value>
    public int HeldOutDays { get; init; } = 365;

    /// <summary>The first day of the log.</summary>
    /// <value>The default value is 2024-01-01.</value>
    public DateOnly FirstDay { get; init; } = new(2024, 1, 1);

    /// <summary>The brands that sell each family of products; at least 1. More brands make a longer catalogue.</summary>
    /// <value>The default value is 5.</value>
    public int Brands { get; init; } = 5;

    /// <summary>The share of the order lines, from 0 to 0.5, that guests without a customer id buy.</summary>
    /// <value>The default value is 0.02.</value>
    public double GuestShare { get; init; } = 0.02;

    /// <summary>The seed of everything.</summary>
    /// <value>The default value is 1.</value>
    public ulong Seed { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Customers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Days, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(HeldOutDays);
        ArgumentOutOfRangeException.ThrowIfLessThan(Brands, 1);
        if (!(GuestShare is >= 0 and <= 0.5))
            throw new ArgumentOutOfRangeException(nameof(GuestShare), GuestShare, "The share must lie from 0 to 0.5.");
    }
}
