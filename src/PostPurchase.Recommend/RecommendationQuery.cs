namespace PostPurchase.Recommend;

/// <summary>One question for recommendations: who, when, how many, and the rules of this request.</summary>
/// <remarks>Rules that are left at their defaults cost nothing. Immutable.</remarks>
public sealed record RecommendationQuery
{
    /// <summary>The customer's id; an unknown customer is answered from what is known of all customers.</summary>
    public required string CustomerId { get; init; }

    /// <summary>The day of the visit: purchases on or after it are not looked at.</summary>
    /// <value>The default value is <see langword="null"/>: the day after the last day of the history.</value>
    public DateOnly? AsOf { get; init; }

    /// <summary>The number of recommendations wanted, from 1 to 10,000.</summary>
    /// <value>The default value is 10.</value>
    public int Count { get; init; } = 10;

    /// <summary>Whether products the customer has bought before are left out.</summary>
    /// <value>The default value is <see langword="false"/>: repeat purchases belong to the list.</value>
    public bool NewProductsOnly { get; init; }

    internal void Validate()
    {
        new OptionErrors(nameof(RecommendationQuery))
            .Require(CustomerId is not null, "CustomerId is null")
            .InRange(nameof(Count), Count, 1, 10_000)
            .ThrowIfAny();
    }
}
