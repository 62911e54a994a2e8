using MathNet.Numerics;

namespace PostPurchase.Recommend.Customers;

/// <summary>
/// The gamma-gamma model of spend (Colombo and Jiang 1999; Fader and Hardie, "The Gamma-Gamma Model of Monetary Value", 2013): order values
/// vary as a gamma around a customer's own mean, and the means vary between customers as an inverse gamma.
/// </summary>
/// <remarks>Immutable and safe to use from any number of threads.</remarks>
/// <param name="OrderShape">The shape p of the order values: the larger, the more alike a customer's orders.</param>
/// <param name="CustomerShape">The shape q of the rates between customers; the mean spend exists above 1.</param>
/// <param name="CustomerScale">The scale gamma of the rates between customers, in the shop's currency.</param>
internal sealed record SpendProcess(double OrderShape, double CustomerShape, double CustomerScale)
{
    /// <summary>The logarithm of the likelihood of one customer's mean order value (eq. 1a).</summary>
    public double LogLikelihood(in SpendRecord record)
    {
        var shape = OrderShape * record.Orders;
        return SpecialFunctions.GammaLn(shape + CustomerShape) - SpecialFunctions.GammaLn(shape) - SpecialFunctions.GammaLn(CustomerShape)
            + (CustomerShape * Math.Log(CustomerScale)) + ((shape - 1) * Math.Log(record.MeanValue)) + (shape * Math.Log(record.Orders))
            - ((shape + CustomerShape) * Math.Log(CustomerScale + (record.Orders * record.MeanValue)));
    }

    /// <summary>
    /// The value expected of the customer's next order (eq. 5): the own mean, pulled to that of all customers; with no orders,
    /// that of all. Infinite when <see cref="CustomerShape"/> leaves no mean to expect.
    /// </summary>
    public double ExpectedValue(in SpendRecord record)
    {
        var shape = OrderShape * record.Orders;
        var denominator = shape + CustomerShape - 1;
        return denominator > 0
            ? OrderShape * (CustomerScale + (record.Orders * record.MeanValue)) / denominator
            : double.PositiveInfinity;
    }
}
