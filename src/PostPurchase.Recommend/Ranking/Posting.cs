namespace PostPurchase.Recommend.Ranking;

/// <summary>An entry of a sparse vector: a customer who buys a product, or a product that a customer buys, and its weight.</summary>
internal readonly record struct Posting(int Place, float Weight);
