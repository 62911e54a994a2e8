using PostPurchase.Recommend.Boosting;

namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>
/// Gradient boosting on the pair's count, recency and mean gap, and the product's repeat rate, fitted one horizon earlier; with rhythm,
/// also on how the customer visits and how the product sells these days.
/// </summary>
internal sealed class GapBoosting(bool withRhythm) : IReplenishmentBaseline
{
    private const int GapFeatures = 4;
    private const int RhythmFeatures = 3;

    // What libraries of boosted trees do when nobody chooses.
    private static readonly BoostedTreesOptions Usual = new() { Trees = 100, LearningRate = 0.1, MaxLeaves = 31, MinLeafRows = 20, L2Regularization = 0 };

    public string Name => withRhythm ? "gradient boosting with visiting rhythm" : "gradient boosting";

    public double[] Predict(ReplenishmentQueries asked, ReplenishmentQueries earlier, int horizonDays)
    {
        if (earlier.Count == 0)
            return new BaseRate().Predict(asked, earlier, horizonDays);
        float[] labels = [.. earlier.Happened(horizonDays).Select(bought => bought ? 1f : 0)];
        var model = new BoostedTreesTrainer(Usual).Train(new LabelledRows(Describe(earlier), labels), new TrainingRun());
        var table = Describe(asked);
        var row = new float[table.Columns];
        return [.. Enumerable.Range(0, asked.Count).Select(i =>
        {
            table.CopyRow(i, row);
            return model.Probability(row);
        })];
    }

    private FeatureTable Describe(ReplenishmentQueries queries)
    {
        var table = new FeatureTable(queries.Count, GapFeatures + (withRhythm ? RhythmFeatures : 0));
        var row = new float[table.Columns];
        for (var i = 0; i < queries.Count; i++)
        {
            row[0] = queries.Purchases[i];
            row[1] = queries.Day - queries.LastDay[i];
            row[2] = (float)queries.MeanGap(i);
            row[3] = (float)queries.Products.RepeatRate(queries.Product[i]);
            if (withRhythm)
            {
                // More of it, such as the days since the last visit, tells customers apart so well that trees learn them by heart.
                row[4] = queries.Rhythm.Visits(queries.Customer[i]);
                row[5] = (float)queries.Rhythm.Trend(queries.Product[i]);
                row[6] = queries.Rhythm.Sold(queries.Product[i]);
            }

            table.SetRow(i, row);
        }

        return table;
    }
}
