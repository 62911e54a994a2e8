namespace PostPurchase.Recommend.Replenishment;

/// <summary>The gap to the next purchase of a product as far as other customers tell.</summary>
/// <param name="LogGap">The mean natural logarithm of a gap in days, of the gaps that end.</param>
/// <param name="Spread">The standard deviation of that logarithm around a customer's own mean.</param>
/// <param name="ReturnShare">The share of gaps that end.</param>
internal readonly record struct GapPrior(double LogGap, double Spread, double ReturnShare);
