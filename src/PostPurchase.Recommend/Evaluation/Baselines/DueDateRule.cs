namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>
/// The rule of marketing suites: due one mean gap after the last purchase, the pair's own gap from three purchases on, else
/// the product's. The rule knows no probability; it is given an even chance on the due date that halves with every two weeks
/// between that date and the window's start.
/// </summary>
internal sealed class DueDateRule : IReplenishmentBaseline
{
    private const int LeastOwnPurchases = 3;
    private const double HalvingDays = 14;

    public string Name => "due-date rule";

    public double[] Predict(ReplenishmentQueries asked, ReplenishmentQueries earlier, int horizonDays)
    {
        var predicted = new double[asked.Count];
        for (var i = 0; i < predicted.Length; i++)
        {
            var gap = asked.Purchases[i] >= LeastOwnPurchases ? asked.MeanGap(i) : asked.Products.MeanGapDays(asked.Product[i]);
            var daysOff = Math.Abs(asked.LastDay[i] + gap - asked.Day);
            predicted[i] = 0.5 * Math.Pow(0.5, daysOff / HalvingDays);
        }

        return predicted;
    }
}
