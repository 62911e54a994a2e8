namespace PostPurchase.Recommend.Ranking;

/// <summary>A customer who buys a product, and the weight of the product in that customer's vector.</summary>
internal readonly record struct Posting(int Customer, float Weight);
