namespace PostPurchase.Recommend.Customers;

/// <summary>What is held likely of how customers spend before any has ordered twice; a handful of such customers outweighs it.</summary>
/// <remarks>
/// Bell curves over logarithms, as in <see cref="VisitPrior"/>: the mean order is about what the shop's orders cost, and the shapes are about those of the
/// published log. Immutable.
/// </remarks>
/// <param name="MeanValue">The mean value of orders, those of customers who ordered once included.</param>
internal sealed record SpendPrior(double MeanValue)
{
    private const double OrderShape = 6;
    private const double CustomerShapeAboveOne = 3;
    private const double ShapeDeviation = 1.5;

    // Who orders again may spend a third more or less than who does not, but hardly many times as much.
    private const double MeanDeviation = 0.3;

    /// <summary>The logarithm of how likely the process is held to be, up to a constant.</summary>
    public double LogDensity(SpendProcess process) =>
        LogBell(process.ExpectedValue(new SpendRecord(0, 0)) / MeanValue, MeanDeviation)
        + LogBell(process.OrderShape / OrderShape, ShapeDeviation)
        + LogBell((process.CustomerShape - 1) / CustomerShapeAboveOne, ShapeDeviation);

    private static double LogBell(double ratio, double deviation) => -Math.Pow(Math.Log(ratio) / deviation, 2) / 2;
}
