namespace PostPurchase.Recommend.Replenishment;

/// <summary>A base product and a consumable that those who have bought it come for.</summary>
/// <param name="Base">The base product.</param>
/// <param name="Product">The consumable.</param>
/// <param name="Gap">The gap from the first purchase of the base product, or its delivery, to that of the consumable, and the share of customers for whom it ends.</param>
/// <param name="Tenure">How long the base product's buyers had been customers when they bought it, on average, in years.</param>
internal readonly record struct ConsumableLink(int Base, int Product, GapPrior Gap, double Tenure);
