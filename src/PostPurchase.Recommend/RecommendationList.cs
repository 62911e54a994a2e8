namespace PostPurchase.Recommend;

/// <summary>The answer to one <see cref="RecommendationQuery"/>.</summary>
/// <param name="CustomerId">The customer the list is for.</param>
/// <param name="AsOf">The day the question was asked for.</param>
/// <param name="IsKnownCustomer">Whether the customer bought anything before that day; a list for an unknown one stands on all customers.</param>
/// <param name="Items">
/// The recommendations by descending probability, ties by product id; where the query asks for diversity or a share of new products, in the order
/// these rules give. A list that is longer than what is worth comparing goes on with new products that sell, none of which counts as more probable than
/// what stands before it. A shorter list is the start of a longer one.
/// </param>
public sealed record RecommendationList(
    string CustomerId, DateOnly AsOf, bool IsKnownCustomer, IReadOnlyList<Recommendation> Items);
