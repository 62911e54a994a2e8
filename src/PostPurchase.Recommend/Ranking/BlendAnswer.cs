namespace PostPurchase.Recommend.Ranking;

/// <summary>A score that was checked: the customer's basket size as a logarithm, whether the product was bought, and how much it counts.</summary>
internal readonly record struct BlendAnswer(double Score, double LogBasketSize, float Label, float Weight);
