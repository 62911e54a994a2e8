namespace PostPurchase.Recommend.Replenishment;

/// <summary>The answer for one customer and product, without the ids.</summary>
/// <param name="Evidence">What it stands on.</param>
/// <param name="Curve">The probability that a purchase has happened by a number of days ahead.</param>
internal readonly record struct PairForecast(Evidence Evidence, PurchaseCurve Curve);
