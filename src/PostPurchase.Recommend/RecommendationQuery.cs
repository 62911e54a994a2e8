namespace PostPurchase.Recommend;

/// <summary>One question for recommendations: who, when, how many, and the rules of this request.</summary>
/// <remarks>Rules that are left at their defaults cost nothing. Immutable.</remarks>
public sealed record RecommendationQuery
{
    /// <summary>The customer's id; an unknown customer is answered from what is known of all customers.</summary>
    public required string CustomerId { get; init; }

    /// <summary>The day of the visit: purchases on or after it are not looked at.</summary>
    /// <value>The default value is <see langword="null"/>: the day after the last purchase, view, cart or wish that the history keeps; returns, rejected lines and purchases taken back do not count.</value>
    public DateOnly? AsOf { get; init; }

    /// <summary>The number of recommendations wanted, from 1 to 10,000.</summary>
    /// <value>The default value is 10.</value>
    public int Count { get; init; } = 10;

    /// <summary>Whether products the customer has bought before are left out.</summary>
    /// <value>The default value is <see langword="false"/>: repeat purchases belong to the list.</value>
    public bool NewProductsOnly { get; init; }

    /// <summary>The only products that may be recommended; ids the model does not know are passed over.</summary>
    /// <value>
    /// The default value is <see langword="null"/>: all products may be that somebody bought, or the customer looked at, before the day of the visit. Of
    /// those the customer has never bought the most promising few hundred are compared; the others only fill long lists up.
    /// </value>
    public IReadOnlyCollection<string>? CandidateProductIds { get; init; }

    /// <summary>Products that must not be recommended, for whatever reason.</summary>
    /// <value>The default value is the empty list.</value>
    public IReadOnlyCollection<string> ExcludedProductIds { get; init; } = [];

    /// <summary>Products that are in the cart already; they are not recommended.</summary>
    /// <value>The default value is the empty list.</value>
    public IReadOnlyCollection<string> CartProductIds { get; init; } = [];

    /// <summary>Products that cannot be delivered now; they are not recommended.</summary>
    /// <value>The default value is the empty list.</value>
    public IReadOnlyCollection<string> OutOfStockProductIds { get; init; } = [];

    /// <summary>Products that last, such as an electric toothbrush: who bought one is not offered it again for <see cref="DurableRestDays"/>.</summary>
    /// <value>The default value is the empty list.</value>
    public IReadOnlyCollection<string> DurableProductIds { get; init; } = [];

    /// <summary>For how many days after the last purchase a durable product is not offered again; zero or more. Ignored without <see cref="DurableProductIds"/>.</summary>
    /// <value>The default value is 365.</value>
    public int DurableRestDays { get; init; } = 365;

    /// <summary>The most products of one category; at least 1. Products without a category are not limited.</summary>
    /// <value>The default value is <see langword="null"/>: no limit.</value>
    public int? MostPerCategory { get; init; }

    /// <summary>
    /// The least share of the list, from 0 to 1, that holds products the customer has never bought: of its first n places at least this share of n,
    /// rounded down, at every length, as long as there are new products.
    /// </summary>
    /// <value>The default value is 0: whatever is most probable.</value>
    public double LeastNewShare { get; init; }

    /// <summary>The least probability of a recommendation, from 0 to 1; less probable products are left out, and the list may be shorter.</summary>
    /// <value>The default value is 0.</value>
    public double MinimumProbability { get; init; }

    /// <summary>
    /// How strongly products that resemble those above them are moved down, from 0 to 1: of one that is just like another on the
    /// list, this share of the probability no longer counts. Products of one category or replenishment group are alike, others as
    /// far as the same customers buy them.
    /// </summary>
    /// <value>The default value is 0: the order is that of the probabilities alone.</value>
    public double Diversity { get; init; }

    internal void Validate()
    {
        new OptionErrors(nameof(RecommendationQuery))
            .Require(CustomerId is not null, "CustomerId is null")
            .InRange(nameof(Count), Count, 1, 10_000)
            .Require(ExcludedProductIds is not null, "ExcludedProductIds is null")
            .Require(CartProductIds is not null, "CartProductIds is null")
            .Require(OutOfStockProductIds is not null, "OutOfStockProductIds is null")
            .Require(DurableProductIds is not null, "DurableProductIds is null")
            .InRange(nameof(DurableRestDays), DurableRestDays, 0, int.MaxValue)
            .InRange(nameof(MostPerCategory), MostPerCategory ?? 1, 1, int.MaxValue)
            .InRange(nameof(LeastNewShare), LeastNewShare, 0, 1)
            .InRange(nameof(MinimumProbability), MinimumProbability, 0, 1)
            .InRange(nameof(Diversity), Diversity, 0, 1)
            .ThrowIfAny();
    }
}
