namespace PostPurchase.Recommend.MLNet.Factorization;

/// <summary>A product and its score.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Score">Higher is likelier: near 1 for sure, near 0 for unlikely.</param>
public readonly record struct ScoredProduct(string ProductId, float Score);
