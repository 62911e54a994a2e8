using PostPurchase.Recommend.Customers;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>What the replenishment model learns, and what it believes before it has seen a purchase.</summary>
/// <remarks>Immutable. The priors matter for small shops only: what is learned outweighs them after some dozens of gaps.</remarks>
public sealed record ReplenishmentOptions
{
    // With purchases between the days looked back to there are half as many rows again, and the features of all fit into one array.
    private const int MostPairs = 20_000_000;

    /// <summary>The typical gap between two purchases of a product, in days, believed before any gap is seen; above zero.</summary>
    /// <value>The default value is 45.</value>
    public double PriorGapDays { get; init; } = 45;

    /// <summary>How many gaps of its own the belief about the next level up is worth to a product or category; above zero.</summary>
    /// <value>The default value is 10.</value>
    public double PriorGaps { get; init; } = 10;

    /// <summary>How many purchases of a customer's own the product's share of gaps that end is worth; above zero.</summary>
    /// <value>The default value is 2.</value>
    public double ReturnPriorPurchases { get; init; } = 2;

    /// <summary>The least spread of a gap around its median, as the standard deviation of its logarithm; above zero.</summary>
    /// <value>The default value is 0.05.</value>
    public double LeastSpread { get; init; } = 0.05;

    /// <summary>
    /// The days ahead within which a next purchase is dated, from 1 to 730; products with long gaps are dated within two and a
    /// half of them. Due dates and windows are those of purchases that happen within it.
    /// </summary>
    /// <value>The default value is 180.</value>
    public int HorizonDays { get; init; } = 180;

    /// <summary>
    /// The widest 80 % window that still counts as a prediction, as a share of the one that pure chance would give a purchase as
    /// likely as this one; a wider one is "not predictable". Above zero.
    /// </summary>
    /// <value>The default value is 1.</value>
    public double WidestWindowShare { get; init; } = 1;

    /// <summary>The most pairs of customer and product, over all days looked back to, that hazards are learned from; from 1,000 to 20,000,000.</summary>
    /// <value>The default value is 200,000.</value>
    public int MostLearningPairs { get; init; } = 200_000;

    /// <summary>The most rows each regression of hazards looks at; at least 1,000.</summary>
    /// <value>The default value is 50,000.</value>
    public int MostRegressionRows { get; init; } = 50_000;

    /// <summary>How strongly regressions hold on to the gap curve: the ridge of a standardised weight; above zero.</summary>
    /// <value>The default value is 400.</value>
    public double RegressionPriorRows { get; init; } = 400;

    /// <summary>How the rhythm of visits, whatever is bought, is learned: no purchase without a visit.</summary>
    /// <value>The default value is the default of <see cref="CustomerOptions"/>.</value>
    public CustomerOptions Customers { get; init; } = new();

    internal void Validate() => OptionErrors.ThrowIfAny(nameof(ReplenishmentOptions), Check);

    internal void Check(OptionErrors errors) =>
        errors
            .Positive(nameof(PriorGapDays), PriorGapDays)
            .Positive(nameof(PriorGaps), PriorGaps)
            .Positive(nameof(ReturnPriorPurchases), ReturnPriorPurchases)
            .Positive(nameof(LeastSpread), LeastSpread)
            .InRange(nameof(HorizonDays), HorizonDays, 1, ReplenishmentForecast.LongestHorizonDays)
            .Positive(nameof(WidestWindowShare), WidestWindowShare)
            .InRange(nameof(MostLearningPairs), MostLearningPairs, 1_000, MostPairs)
            .InRange(nameof(MostRegressionRows), MostRegressionRows, 1_000, int.MaxValue)
            .Positive(nameof(RegressionPriorRows), RegressionPriorRows)
            .Within(nameof(Customers), Customers, static (customers, inside) => customers.Check(inside));
}
