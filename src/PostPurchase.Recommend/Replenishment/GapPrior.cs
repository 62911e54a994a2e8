using MathNet.Numerics;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>The gap to the next purchase of a product as far as other customers tell.</summary>
/// <param name="LogGap">The mean natural logarithm of a gap in days, of the gaps that end.</param>
/// <param name="Spread">The standard deviation of that logarithm around a customer's own mean.</param>
/// <param name="ReturnShare">The share of gaps that end.</param>
internal readonly record struct GapPrior(double LogGap, double Spread, double ReturnShare)
{
    /// <summary>The share of the gaps that do end that are longer.</summary>
    public double Survival(double logGap) => 0.5 * SpecialFunctions.Erfc((logGap - LogGap) / Spread / Constants.Sqrt2);

    /// <summary>The chance that a gap ends which is still open when this share of those that do end is, too.</summary>
    public double EndsWhen(double survival) => ReturnShare * survival / (1 - ReturnShare + (ReturnShare * survival));
}
