namespace PostPurchase.Recommend;

/// <summary>One question for the purchases that fall due inside a window of days.</summary>
/// <remarks>
/// The same question over the same purchases has the same answers, with the same <see cref="DuePurchase.IdempotencyKey"/>: a
/// feed that is run again sends nothing twice.
/// </remarks>
public sealed record DueQuery
{
    /// <summary>The days asked about; the first one is also the day of asking: purchases on or after it are not looked at.</summary>
    public required DateWindow Window { get; init; }

    /// <summary>The least probability, from 0 to 1, that the purchase happens inside the window, moved by <see cref="LeadDays"/>.</summary>
    /// <value>The default value is 0.1.</value>
    public double MinimumProbability { get; init; } = 0.1;

    /// <summary>
    /// How many days before the purchase the reminder must go out, from 0 to 365: purchases are looked for that many days after
    /// <see cref="Window"/>, which still says when it is asked.
    /// </summary>
    /// <value>The default value is 0.</value>
    public int LeadDays { get; init; }

    /// <summary>The most purchases of one customer, the most probable first; at least 1.</summary>
    /// <value>The default value is 100.</value>
    public int MostPerCustomer { get; init; } = 100;

    /// <summary>Which purchases are wanted.</summary>
    /// <value>By default due, late and lapsed ones.</value>
    public IReadOnlyList<DueStatus> Statuses { get; init; } = [DueStatus.Due, DueStatus.Late, DueStatus.Lapsed];

    /// <summary>
    /// Customer and product ids that are left out because they come by subscription; so are other products of the replenishment group that the
    /// catalogue names for one of them.
    /// </summary>
    /// <value>By default none.</value>
    public IReadOnlySet<(string CustomerId, string ProductId)> Subscriptions { get; init; } = new HashSet<(string, string)>();

    internal void Validate()
    {
        new OptionErrors(nameof(DueQuery))
            .Require(Window.Days > 0, "Window is empty")
            .InRange(nameof(MinimumProbability), MinimumProbability, 0, 1)
            .InRange(nameof(LeadDays), LeadDays, 0, 365)
            .InRange(nameof(MostPerCustomer), MostPerCustomer, 1, int.MaxValue)
            .Require(Statuses is { Count: > 0 }, "Statuses is empty")
            .Require(Subscriptions is not null, "Subscriptions is missing")
            .ThrowIfAny();
    }
}
