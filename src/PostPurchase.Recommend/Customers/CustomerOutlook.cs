namespace PostPurchase.Recommend.Customers;

/// <summary>What to expect of a customer as a whole, as of a day.</summary>
/// <remarks>Immutable and safe to read from any number of threads.</remarks>
public sealed record CustomerOutlook
{
    /// <summary>The customer's id.</summary>
    public required string CustomerId { get; init; }

    /// <summary>The day of asking; purchases on or after it are not looked at.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The days ahead that the expectations are for.</summary>
    public required int Days { get; init; }

    /// <summary>The number of days with an order before <see cref="AsOf"/>.</summary>
    public required int Orders { get; init; }

    /// <summary>
    /// The probability, from 0 to 1, that the customer is still one; <see langword="null"/> for somebody who has not ordered yet.
    /// </summary>
    public required double? ProbabilityAlive { get; init; }

    /// <summary>The probability, from 0 to 1, of at least one more order within the days ahead.</summary>
    public required double ProbabilityOfOrder { get; init; }

    /// <summary>The number of orders expected within the days ahead.</summary>
    public required double ExpectedOrders { get; init; }

    /// <summary>The value expected of an order, in the shop's currency; <see langword="null"/> when the log has no prices.</summary>
    public required double? ExpectedOrderValue { get; init; }

    /// <summary>
    /// The value expected within the days ahead, later sums discounted, in the shop's currency; <see langword="null"/> when the log has
    /// no prices.
    /// </summary>
    public required double? ExpectedValue { get; init; }
}
