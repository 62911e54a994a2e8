namespace PostPurchase.Recommend.Customers;

/// <summary>What is held likely of how a shop's customers come and leave before any was watched; a handful of customers outweighs it.</summary>
/// <remarks>
/// Bell curves over the logarithms of four numbers that mean something to a shop: the usual gap between visits, how much customers differ in it, the share that
/// leaves after a visit (its odds), and how much they differ in that. The last three centres are about those of the published logs. Immutable.
/// </remarks>
/// <param name="UsualGap">The gap between visits held likeliest, in units of time.</param>
internal sealed record VisitPrior(double UsualGap)
{
    private const double RateShape = 1;
    private const double LeaveShare = 0.35;
    private const double LeaveWeights = 2;

    // Two in three within a factor of 4.5 either way.
    private const double Deviation = 1.5;

    // Narrower: with no repeat seen, rare visits and leaving at once explain it equally well, and a shop's customers do not all leave.
    private const double LeaveDeviation = 1;

    // What each step of regularity has to gain in the likelihood's logarithm: 150 to 1, a dozen gaps if they are perfectly even.
    private const double CostPerRegularity = 5;

    /// <summary>The process held likeliest.</summary>
    public VisitProcess Likeliest(bool leavesAtStart) =>
        new(1, RateShape, RateShape * UsualGap, LeaveWeights * LeaveShare, LeaveWeights * (1 - LeaveShare), leavesAtStart);

    /// <summary>The logarithm of how likely the process is held to be, up to a constant.</summary>
    public double LogDensity(VisitProcess process)
    {
        var gap = process.Regularity * process.RateScale / process.RateShape;
        var odds = process.LeaveWeight / process.StayWeight;
        return LogBell(gap / UsualGap, Deviation)
            + LogBell(process.RateShape / RateShape, Deviation)
            + LogBell(odds * (1 - LeaveShare) / LeaveShare, LeaveDeviation)
            + LogBell((process.LeaveWeight + process.StayWeight) / LeaveWeights, Deviation)
            - (CostPerRegularity * (process.Regularity - 1));
    }

    private static double LogBell(double ratio, double deviation) => -Math.Pow(Math.Log(ratio) / deviation, 2) / 2;
}
