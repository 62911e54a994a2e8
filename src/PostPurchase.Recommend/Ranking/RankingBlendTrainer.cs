using MathNet.Numerics.Statistics;
using PostPurchase.Recommend.Boosting;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// Learns the blend: a linear part that few customers suffice for, small trees on top of it where few purchases teach, then as many
/// large ones as predict unseen baskets best, and a calibration. What is learned from earlier baskets is checked on each customer's latest ones, as the blend
/// itself will be asked about baskets later still: where a store drifts, the calibration learns by how much.
/// </summary>
internal sealed class RankingBlendTrainer(RankingOptions options)
{
    private const int Folds = 5;
    private const int ListLength = 20;

    /// <summary>The fewest rounds of latest baskets that a store with enough customers is learned from.</summary>
    public const int LearnedRounds = 2;

    /// <summary>The fewest rounds that a store is asked for: those learned from and one before them, to choose and to calibrate.</summary>
    public const int RoundsInTime = 3;

    // One latest basket of each of a hundred customers says too little of how probable things are: where there are many rounds, a quarter of them checks.
    private const int RoundsPerCheck = 4;

    // So few purchases hardly tell how many large trees are best: small ones come first and need no choice, and each fifth of the customers judges.
    // Where there are more, one fifth judges well enough, and the other four folds would only cost time.
    private const int FewPurchases = 6000;
    private const int PurchasesPerSmallTree = 30;
    private const int MostSmallTrees = 40;

    public RankingBlend Train(RankingSample sample, TrainingRun run)
    {
        var blend = Learn(sample, run);
        return blend with { Calibration = blend.Calibration.LearnedFrom(sample) };
    }

    private RankingBlend Learn(RankingSample sample, TrainingRun run)
    {
        var purchases = Purchases(sample);
        var held = Enumerable.Range(0, sample.Count).Select(sample.Round).DefaultIfEmpty().Max() + 1;
        var kept = Math.Max(1, held / RoundsPerCheck);
        var latest = sample.Where(i => sample.Round(i) < kept);
        var earlier = sample.Where(i => sample.Round(i) >= kept);
        if (purchases >= FewPurchases && Customers(latest) >= options.EnoughCustomers)
            return TrainByTime(sample, latest, earlier, held, run);
        var small = purchases < FewPurchases ? Math.Min(options.Trees.Trees, Math.Min(MostSmallTrees, purchases / PurchasesPerSmallTree)) : 0;
        var trees = ChooseByCustomers(sample, small, run);
        var calibration = None;
        if (earlier.Count > 0)
        {
            var (linear, model) = Fit(earlier, small, trees, run);
            calibration = Calibrate(latest, linear, model);
        }

        var (finalLinear, finalTrees) = Fit(sample, small, trees, run);
        return new RankingBlend(finalLinear, finalTrees, calibration);
    }

    private RankingBlend TrainByTime(RankingSample sample, RankingSample latest, RankingSample earlier, int held, TrainingRun run)
    {
        if (earlier.Count == 0)
            return new RankingBlend(LinearBlend.Fit(latest, options.LinearPriorRows, run), NoTrees, None);
        var linear = LinearBlend.Fit(earlier, options.LinearPriorRows, run);
        var path = new BoostedTreesTrainer(options.Trees).TrainPath(earlier.Rows(linear), latest.Rows(linear), run);
        var losses = path.Losses.ToArray();
        var trees = Array.IndexOf(losses, losses.Min());
        var model = path.Model(trees);
        var calibration = Calibrate(latest, linear, model);

        // The oldest baskets have the shortest histories behind them: they serve to choose and to check only.
        var (finalLinear, finalTrees) = Fit(sample.Where(i => sample.Round(i) < Math.Max(LearnedRounds, held - 1)), small: 0, trees, run);
        return new RankingBlend(finalLinear, finalTrees, calibration);
    }

    // With few customers every one of them has to be both learned from and checked on.
    private int ChooseByCustomers(RankingSample sample, int small, TrainingRun run)
    {
        List<double[]> losses = [];
        var folds = small == 0 ? 1 : Folds;
        for (var fold = 0; fold < folds; fold++)
        {
            var train = sample.Where(i => sample.Customer(i) % Folds != fold);
            var test = sample.Where(i => sample.Customer(i) % Folds == fold);
            if (train.Count == 0 || test.Count == 0)
                continue;
            var linear = LinearBlend.Fit(train, options.LinearPriorRows, run);
            var rows = train.Rows(linear);
            var first = Grow(rows, options.SmallTrees, small, run);
            var path = new BoostedTreesTrainer(options.Trees).TrainPath(After(first, train, rows), After(first, test, test.Rows(linear)), run).Losses;
            losses.Add([.. Enumerable.Range(0, options.Trees.Trees + 1).Select(t => path[Math.Min(t, path.Count - 1)] * test.Count)]);
        }

        return Fewest(losses);
    }

    // The fewest trees whose loss is not surely above the least: within one standard error of the difference between folds, as trees are cut
    // back (Breiman et al. 1984, section 3.4.3).
    internal static int Fewest(IReadOnlyList<double[]> losses)
    {
        if (losses.Count == 0)
            return 0;
        var total = Enumerable.Range(0, losses[0].Length).Select(t => losses.Sum(fold => fold[t])).ToArray();
        var best = Array.IndexOf(total, total.Min());
        for (var t = 0; t < best && losses.Count > 1; t++)
        {
            var more = losses.Select(fold => fold[t] - fold[best]).ToArray();
            if (more.Mean() <= more.StandardDeviation() / Math.Sqrt(more.Length))
                return t;
        }

        return best;
    }

    // The linear part, the small trees after it and the large ones after those.
    private (LinearBlend Linear, BoostedTreesModel Trees) Fit(RankingSample sample, int small, int trees, TrainingRun run)
    {
        var linear = LinearBlend.Fit(sample, options.LinearPriorRows, run);
        if (sample.Count == 0)
            return (linear, NoTrees);
        var rows = sample.Rows(linear);
        var first = Grow(rows, options.SmallTrees, small, run);
        return (linear, first.Then(Grow(After(first, sample, rows), options.Trees, trees, run)));
    }

    private static BoostedTreesModel Grow(LabelledRows rows, BoostedTreesOptions shape, int trees, TrainingRun run) =>
        trees == 0 ? NoTrees : new BoostedTreesTrainer(shape with { Trees = trees }).Train(rows, run);

    private static LabelledRows After(BoostedTreesModel model, RankingSample sample, LabelledRows rows)
    {
        var scores = new double[sample.Count];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = rows.InitialScores[i] + model.Score(sample.Row(i));
        return rows with { InitialScores = scores };
    }

    private static BoostedTreesModel NoTrees => new(RankingFeatures.Count, 0, [], [], []);

    private BlendCalibration None => BlendCalibration.None(options.BasketSizeExponent);

    private BlendCalibration Calibrate(RankingSample latest, LinearBlend linear, BoostedTreesModel model) =>
        BlendCalibration.Fit(Listed(latest, linear, model), options.BasketSizeExponent);

    // Only what each visit's list would show: of the mass of hopeless candidates no probability is ever seen.
    private static List<BlendAnswer> Listed(RankingSample latest, LinearBlend linear, BoostedTreesModel model)
    {
        List<BlendAnswer> listed = [];
        List<BlendAnswer> visit = [];
        for (var i = 0; i < latest.Count; i++)
        {
            var row = latest.Row(i);
            visit.Add(new BlendAnswer(linear.Score(row) + model.Score(row), RankingBlend.LogBasketSize(row), latest.Label(i), latest.Weight(i)));
            if (i + 1 < latest.Count && latest.Customer(i + 1) == latest.Customer(i) && latest.Day(i + 1) == latest.Day(i))
                continue;
            var places = (double)ListLength;
            foreach (var answer in visit.OrderByDescending(v => v.Score).TakeWhile(_ => places > 0))
            {
                listed.Add(answer);
                // One that was drawn stands for the others that were not.
                places -= answer.Weight;
            }

            visit.Clear();
        }

        return listed;
    }

    public static int Purchases(RankingSample sample)
    {
        var purchases = 0;
        for (var i = 0; i < sample.Count; i++)
            purchases += sample.Label(i) > 0 ? 1 : 0;
        return purchases;
    }

    private static int Customers(RankingSample sample)
    {
        var customers = new HashSet<int>();
        for (var i = 0; i < sample.Count; i++)
            customers.Add(sample.Customer(i));
        return customers.Count;
    }
}
