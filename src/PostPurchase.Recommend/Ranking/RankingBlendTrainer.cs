using PostPurchase.Recommend.Boosting;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// Learns the blend: a linear part that few customers suffice for, as many trees on top of it as predict unseen baskets
/// best, and a calibration. What is learned from earlier baskets is checked on each customer's latest ones, as the blend
/// itself will be asked about baskets later still: where a store drifts, the calibration learns by how much.
/// </summary>
internal sealed class RankingBlendTrainer(RankingOptions options)
{
    private const int Folds = 5;
    private const int ListLength = 20;

    /// <summary>From so many customers on, one fifth of them judges well enough, and the other four folds would only cost time.</summary>
    private const int CustomersForOneFold = 200;

    public RankingBlend Train(RankingSample sample, TrainingRun run)
    {
        // Earlier baskets have shorter histories behind them: they only help where the latest ones are few.
        var latest = sample.Where(i => sample.Round(i) == 0);
        var earlier = sample.Where(i => sample.Round(i) > 0);
        var enough = Customers(latest) >= options.EnoughCustomers;
        var before = enough ? earlier.Where(i => earlier.Round(i) == 1) : earlier;
        var (trees, calibration) = enough ? ChooseByTime(before, latest, run) : (ChooseByCustomers(sample, run), None);
        if (!enough && earlier.Count > 0)
        {
            var (linear, model) = Fit(before, trees, run);
            calibration = Calibrate(latest, linear, model);
        }

        var (finalLinear, finalTrees) = Fit(enough ? latest : sample, trees, run);
        return new RankingBlend(finalLinear, finalTrees, calibration);
    }

    private (int Trees, BlendCalibration Calibration) ChooseByTime(RankingSample before, RankingSample latest, TrainingRun run)
    {
        if (before.Count == 0)
            return (0, None);
        var linear = LinearBlend.Fit(before, options.LinearPriorRows, run);
        var path = new BoostedTreesTrainer(options.Trees).TrainPath(before.Rows(linear), latest.Rows(linear), run);
        var losses = path.Losses.ToArray();
        var trees = Array.IndexOf(losses, losses.Min());
        return (trees, Calibrate(latest, linear, path.Model(trees)));
    }

    // With few customers every one of them has to be both learned from and checked on.
    private int ChooseByCustomers(RankingSample sample, TrainingRun run)
    {
        var total = new double[options.Trees.Trees + 1];
        var folds = Customers(sample) >= CustomersForOneFold ? 1 : Folds;
        for (var fold = 0; fold < folds; fold++)
        {
            var train = sample.Where(i => sample.Customer(i) % Folds != fold);
            var test = sample.Where(i => sample.Customer(i) % Folds == fold);
            if (train.Count == 0 || test.Count == 0)
                continue;
            var linear = LinearBlend.Fit(train, options.LinearPriorRows, run);
            var losses = new BoostedTreesTrainer(options.Trees).TrainPath(train.Rows(linear), test.Rows(linear), run).Losses;
            for (var t = 0; t < total.Length; t++)
                total[t] += losses[Math.Min(t, losses.Count - 1)] * test.Count;
        }

        return Array.IndexOf(total, total.Min());
    }

    private (LinearBlend Linear, BoostedTreesModel Trees) Fit(RankingSample sample, int trees, TrainingRun run)
    {
        var linear = LinearBlend.Fit(sample, options.LinearPriorRows, run);
        return trees == 0 || sample.Count == 0
            ? (linear, new BoostedTreesModel(RankingFeatures.Count, 0, [], [], []))
            : (linear, new BoostedTreesTrainer(options.Trees with { Trees = trees }).Train(sample.Rows(linear), run));
    }

    private BlendCalibration None => BlendCalibration.None(options.BasketSizeExponent);

    private BlendCalibration Calibrate(RankingSample latest, LinearBlend linear, BoostedTreesModel model)
    {
        var listed = Listed(latest, linear, model);
        // How likely purchases are these days is told best by the visits of these days.
        var until = listed.Select(l => latest.Day(l.Row)).DefaultIfEmpty().Max();
        return BlendCalibration.Fit(
            Array.ConvertAll(listed, l => l.Answer with
            {
                Weight = (float)(l.Answer.Weight * Math.Pow(0.5, (until - latest.Day(l.Row)) / options.CalibrationHalfLifeDays)),
            }),
            options.BasketSizeExponent);
    }

    // Only what would be listed: of the mass of hopeless candidates no probability is ever shown.
    private (BlendAnswer Answer, int Row)[] Listed(RankingSample latest, LinearBlend linear, BoostedTreesModel model)
    {
        var answers = new (BlendAnswer Answer, int Row)[latest.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            var row = latest.Row(i);
            answers[i] = (new BlendAnswer(linear.Score(row) + model.Score(row), RankingBlend.LogBasketSize(row), latest.Label(i), latest.Weight(i)), i);
        }

        var none = None;
        Array.Sort(Array.ConvertAll(answers, a => (-none.Probability(a.Answer.Score, a.Answer.LogBasketSize), a.Row)), answers);
        var (listed, wanted, count) = (0.0, (double)Customers(latest) * ListLength, 0);
        while (count < answers.Length && listed < wanted)
            listed += answers[count++].Answer.Weight;
        return answers[..count];
    }

    private static int Customers(RankingSample sample)
    {
        var customers = new HashSet<int>();
        for (var i = 0; i < sample.Count; i++)
            customers.Add(sample.Customer(i));
        return customers.Count;
    }
}
