using PostPurchase.Recommend.Boosting;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// Learns the blend for one store: a linear part that few customers suffice for, and as many trees on top of it as
/// cross-validation over customers finds useful.
/// </summary>
internal sealed class RankingTrainer(RankingOptions options)
{
    private const int LargeStoreRows = 300_000;
    private const int SmallStoreFolds = 5;
    private const int LargeStoreFolds = 5;

    public RankingModel Train(PurchaseColumns columns, TrainingRun run)
    {
        options.Validate();
        var calendar = SalesCalendar.From(columns);
        var sample = new RankingSampler(options).Build(columns, calendar, run);
        var (linear, trees) = Blend(sample, run);
        run.Report("Learning the ranking", 1);
        return new RankingModel(RankingSources.From(columns, calendar, run), linear, trees);
    }

    private (LinearBlend Linear, BoostedTreesModel Trees) Blend(RankingSample sample, TrainingRun run)
    {
        var linear = LinearBlend.Fit(sample, run);
        var all = Rows(sample, linear, _ => true);
        if (all is null)
            return (linear, new BoostedTreesModel(RankingFeatures.Count, 0, [], [], []));
        var wanted = TreesWanted(sample, run);
        if (wanted == 0)
            return (linear, new BoostedTreesModel(RankingFeatures.Count, 0, [], [], []));
        return (linear, new BoostedTreesTrainer(options.Trees with { Trees = wanted }).Train(all, run));
    }

    private int TreesWanted(RankingSample sample, TrainingRun run)
    {
        var large = sample.Count > LargeStoreRows;
        var folds = large ? LargeStoreFolds : SmallStoreFolds;
        var total = new double[options.Trees.Trees + 1];
        for (var fold = 0; fold < (large ? 1 : folds); fold++)
        {
            var inFold = fold;
            var linear = LinearBlend.Fit(Part(sample, c => c % folds != inFold), run);
            var train = Rows(sample, linear, c => c % folds != inFold);
            var test = Rows(sample, linear, c => c % folds == inFold);
            if (train is null || test is null)
                continue;
            var losses = new BoostedTreesTrainer(options.Trees).ValidationLosses(train, test, run);
            for (var t = 0; t < total.Length; t++)
                total[t] += losses[Math.Min(t, losses.Count - 1)] * test.Labels.Length;
        }

        return Array.IndexOf(total, total.Min());
    }

    private static RankingSample Part(RankingSample sample, Func<int, bool> customers)
    {
        var part = new RankingSample();
        for (var i = 0; i < sample.Count; i++)
        {
            if (customers(sample.Customer(i)))
                part.Add(sample.Row(i), sample.Label(i) > 0, sample.Weight(i), sample.Customer(i));
        }

        return part;
    }

    private static LabelledRows? Rows(RankingSample sample, LinearBlend linear, Func<int, bool> customers)
    {
        List<int> rows = [];
        for (var i = 0; i < sample.Count; i++)
        {
            if (customers(sample.Customer(i)))
                rows.Add(i);
        }

        if (rows.Count == 0)
            return null;
        var table = new FeatureTable(rows.Count, RankingFeatures.Count);
        var (labels, weights, scores) = (new float[rows.Count], new float[rows.Count], new double[rows.Count]);
        for (var i = 0; i < rows.Count; i++)
        {
            table.SetRow(i, sample.Row(rows[i]));
            (labels[i], weights[i], scores[i]) = (sample.Label(rows[i]), sample.Weight(rows[i]), linear.Score(sample.Row(rows[i])));
        }

        return new LabelledRows(table, labels, weights, scores);
    }
}
