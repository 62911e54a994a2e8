namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>
/// Logistic regression on the pair's count, recency, mean gap, recency in gaps, and the product's repeat rate, fitted one
/// horizon earlier.
/// </summary>
internal sealed class GapLogisticRegression : IReplenishmentBaseline
{
    private const int Features = 6;

    public string Name => "logistic regression";

    public double[] Predict(ReplenishmentQueries asked, ReplenishmentQueries earlier, int horizonDays)
    {
        if (earlier.Count == 0)
            return new BaseRate().Predict(asked, earlier, horizonDays);
        return LogisticFit.Predict(Describe(asked), Features, LogisticFit.Fit(Describe(earlier), Features, earlier.Happened(horizonDays)));
    }

    private static double[] Describe(ReplenishmentQueries queries)
    {
        var rows = new double[queries.Count * Features];
        for (var i = 0; i < queries.Count; i++)
        {
            var row = rows.AsSpan(i * Features, Features);
            double recency = queries.Day - queries.LastDay[i];
            var gap = queries.MeanGap(i);
            row[0] = 1;
            row[1] = Math.Log(queries.Purchases[i]);
            row[2] = Math.Log(1 + recency);
            row[3] = Math.Log(1 + gap);
            row[4] = recency / (1 + gap);
            row[5] = queries.Products.RepeatRate(queries.Product[i]);
        }

        return rows;
    }
}
