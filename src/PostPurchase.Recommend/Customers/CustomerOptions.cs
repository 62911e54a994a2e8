namespace PostPurchase.Recommend.Customers;

/// <summary>What is learned about customers as a whole: how they come, leave and spend.</summary>
/// <remarks>Immutable.</remarks>
public sealed record CustomerOptions
{
    /// <summary>The most regular rhythm tried, as the shape of the gaps between visits: 1 is pure chance. From 1 to 12.</summary>
    /// <value>The default value is 4.</value>
    public int MostRegularity { get; init; } = 4;

    /// <summary>Whether customers may leave right after their first visit.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool LeavesAtStart { get; init; } = true;

    /// <summary>The most customers, drawn at random, that the visit and spend processes are fitted to; at least 100.</summary>
    /// <value>The default value is 3,000.</value>
    public int MostLearningCustomers { get; init; } = 3_000;

    /// <summary>How much less a sum is worth for each year it comes later; from 0 to 10 (0.1 is ten per cent).</summary>
    /// <value>The default value is 0.1.</value>
    public double DiscountPerYear { get; init; } = 0.1;

    internal void Validate() => OptionErrors.ThrowIfAny(nameof(CustomerOptions), Check);

    internal void Check(OptionErrors errors) =>
        errors
            .InRange(nameof(MostRegularity), MostRegularity, 1, 12)
            .InRange(nameof(MostLearningCustomers), MostLearningCustomers, 100, int.MaxValue)
            .InRange(nameof(DiscountPerYear), DiscountPerYear, 0, 10);
}
