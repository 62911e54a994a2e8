namespace PostPurchase.Recommend;

/// <summary>A product's dense number inside one history or model. Never shown to the caller, who knows ids only.</summary>
internal readonly record struct ProductIndex(int Value);
