namespace PostPurchase.Recommend.Ranking;

/// <summary>How one product is bought in this store: side by side, since a request asks for all of it at once.</summary>
/// <param name="Buyers">The customers who bought it.</param>
/// <param name="PurchasesPerBuyer">Baskets that held it for every buyer.</param>
/// <param name="RebuyShare">The share of buyers who bought it more than once.</param>
/// <param name="NextBasketRate">The probability that the basket after one with the product holds it again.</param>
/// <param name="RepeatPerVisit">Purchases after a customer's first one for every visit after that: how often owners buy it at a visit.</param>
/// <param name="MeanGapBaskets">The mean number of visits from one purchase to the next of the same customer.</param>
/// <param name="MeanGapDays">The mean number of days from one purchase to the next of the same customer.</param>
/// <param name="LogPrice">The mean logarithm of the price, NaN where unknown.</param>
internal readonly record struct ProductHabits(
    float Buyers, float PurchasesPerBuyer, float RebuyShare, float NextBasketRate, float RepeatPerVisit, float MeanGapBaskets, float MeanGapDays, float LogPrice);
