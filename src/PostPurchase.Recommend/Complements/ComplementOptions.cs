namespace PostPurchase.Recommend.Complements;

/// <summary>How bought-after pairs are learned.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record ComplementOptions
{
    /// <summary>A complement is bought for the first time at most so many days after its anchor; from 1 to 3,650.</summary>
    /// <value>The default value is 90.</value>
    public int HorizonDays { get; init; } = 90;

    /// <summary>The least number of customers who bought the complement after the anchor; at least 2.</summary>
    /// <value>The default value is 3.</value>
    public int MinimumCustomers { get; init; } = 3;

    /// <summary>The least shrunk lift: how many times more often than by chance the complement must follow. In a large shop the slightest lift is significant and says nothing. At least 1.</summary>
    /// <value>The default value is 1.5.</value>
    public double MinimumLift { get; init; } = 1.5;

    /// <summary>
    /// The chance, from 0 to 1, that an anchor gets any complement where there is none: the significance level, shared among
    /// all candidates of the anchor (Bonferroni).
    /// </summary>
    /// <value>The default value is 0.01.</value>
    public double FalseAlarmRate { get; init; } = 0.01;

    /// <summary>The most complements kept for a product, from 1 to 1,000.</summary>
    /// <value>The default value is 50.</value>
    public int MostPerProduct { get; init; } = 50;

    /// <summary>
    /// The most first purchases looked at before, with and after an anchor, which keeps the cost linear for wholesale customers; a day is
    /// looked at as a whole or not at all, and the nearest days come first. At least 10.
    /// </summary>
    /// <value>The default value is 200.</value>
    public int MostNeighbours { get; init; } = 200;

    internal void Validate() => OptionErrors.ThrowIfAny(nameof(ComplementOptions), Check);

    internal void Check(OptionErrors errors) =>
        errors
            .InRange(nameof(HorizonDays), HorizonDays, 1, 3650)
            .InRange(nameof(MinimumCustomers), MinimumCustomers, 2, int.MaxValue)
            .InRange(nameof(MinimumLift), MinimumLift, 1, double.MaxValue)
            .InRange(nameof(FalseAlarmRate), FalseAlarmRate, 0, 1)
            .InRange(nameof(MostPerProduct), MostPerProduct, 1, 1000)
            .InRange(nameof(MostNeighbours), MostNeighbours, 10, int.MaxValue);
}
