using PostPurchase.Recommend.Boosting;

namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>Gradient boosting on the pair's count, recency and mean gap, and the product's repeat rate, fitted one horizon earlier.</summary>
internal sealed class GapBoosting : IReplenishmentBaseline
{
    private const int Features = 4;

    // What libraries of boosted trees do when nobody chooses.
    private static readonly BoostedTreesOptions Usual = new() { Trees = 100, LearningRate = 0.1, MaxLeaves = 31, MinLeafRows = 20, L2Regularization = 0 };

    public string Name => "gradient boosting";

    public double[] Predict(ReplenishmentQueries asked, ReplenishmentQueries earlier, int horizonDays)
    {
        if (earlier.Count == 0)
            return new BaseRate().Predict(asked, earlier, horizonDays);
        float[] labels = [.. earlier.Happened(horizonDays).Select(bought => bought ? 1f : 0)];
        var model = new BoostedTreesTrainer(Usual).Train(new LabelledRows(Describe(earlier), labels), new TrainingRun());
        var (table, row) = (Describe(asked), new float[Features]);
        return [.. Enumerable.Range(0, asked.Count).Select(i =>
        {
            table.CopyRow(i, row);
            return model.Probability(row);
        })];
    }

    private static FeatureTable Describe(ReplenishmentQueries queries)
    {
        var table = new FeatureTable(queries.Count, Features);
        for (var i = 0; i < queries.Count; i++)
        {
            table.SetRow(
                i,
                [queries.Purchases[i], queries.Day - queries.LastDay[i], (float)queries.MeanGap(i), (float)queries.Products.RepeatRate(queries.Product[i])]);
        }

        return table;
    }
}
