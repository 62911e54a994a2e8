using PostPurchase.Recommend.Boosting;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// How many trees hold for customers they have not seen: grown on two thirds of the customers, judged on the third left out, three
/// times over. Rows of one customer repeat each other, so that rows left out at random would praise every tree.
/// </summary>
internal static class CustomerFolds
{
    private const int Folds = 3;

    // With more customers all trees hold, and asking takes twice as long as growing.
    private const int MostCustomers = 500;
    private const int MostRows = 30_000;

    /// <summary>The number of trees of <paramref name="boosting"/> to grow on the rows, <paramref name="customer"/> being the customer of each.</summary>
    public static int Trees(BoostedTreesOptions boosting, LabelledRows rows, int[] customer, TrainingRun run)
    {
        if (customer.Distinct().Count() is < Folds or > MostCustomers)
            return boosting.Trees;
        var every = (rows.Labels.Length + MostRows - 1) / MostRows;
        int[] asked = [.. Enumerable.Range(0, rows.Labels.Length).Where(row => row % every == 0)];
        var losses = new double[boosting.Trees + 1];
        var trainer = new BoostedTreesTrainer(boosting with { PatienceTrees = boosting.Trees });
        for (var fold = 0; fold < Folds; fold++)
        {
            var parts = asked.ToLookup(row => customer[row] % Folds == fold);
            int[] seen = [.. parts[false]], unseen = [.. parts[true]];
            if (seen.Length == 0 || unseen.Length == 0)
                continue;
            var path = trainer.TrainPath(Part(rows, seen), Part(rows, unseen), run).Losses;
            for (var trees = 0; trees < losses.Length; trees++)
                losses[trees] += unseen.Length * path[Math.Min(trees, path.Count - 1)];
        }

        // Halfway from all trees: what few customers say about it is little.
        return (Array.IndexOf(losses, losses.Min()) + boosting.Trees + 1) / 2;
    }

    private static LabelledRows Part(LabelledRows rows, int[] part)
    {
        var features = new FeatureTable(part.Length, rows.Features.Columns);
        for (var column = 0; column < features.Columns; column++)
        {
            var all = rows.Features.Column(column);
            var some = features.Column(column);
            for (var i = 0; i < part.Length; i++)
                some[i] = all[part[i]];
        }

        return new LabelledRows(
            features, [.. part.Select(i => rows.Labels[i])], [], [.. part.Select(i => rows.InitialScores[i])]);
    }
}
