namespace PostPurchase.Recommend;

/// <summary>One recommended product.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Probability">The calibrated probability, from 0 to 1, that the customer buys the product at the next visit.</param>
/// <param name="Evidence">What the probability stands on.</param>
/// <param name="Reason">Why the product is on the list; <see cref="RecommendationReason.ToString"/> says it in a sentence.</param>
public sealed record Recommendation(string ProductId, double Probability, Evidence Evidence, RecommendationReason Reason);
