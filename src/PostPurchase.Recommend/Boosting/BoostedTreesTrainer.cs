namespace PostPurchase.Recommend.Boosting;

/// <summary>
/// Trains gradient boosted trees for a yes-or-no outcome (Friedman 2001) on histograms of byte-sized bins. Deterministic:
/// the same rows and seed give the same trees on any number of threads.
/// </summary>
internal sealed class BoostedTreesTrainer(BoostedTreesOptions options)
{
    private const int BlockRows = 4096;

    // A store where nothing (or everything) was bought again still gets finite log odds.
    private const double LeastProbability = 1e-6;

    /// <summary>Trains on the rows; with validation rows it keeps the number of trees that predicts those best.</summary>
    public BoostedTreesModel Train(LabelledRows rows, TrainingRun run, LabelledRows? validation = null)
    {
        var (model, stopping) = Grow(rows, run, validation, options.PatienceTrees);
        return model.Build(stopping?.BestTrees ?? model.Trees);
    }

    /// <summary>Trains until the loss on the validation rows has not improved for too long, and keeps every step.</summary>
    public BoostingPath TrainPath(LabelledRows rows, LabelledRows validation, TrainingRun run)
    {
        var (model, stopping) = Grow(rows, run, validation, options.PatienceTrees);
        return new BoostingPath(model, stopping!.Losses);
    }

    private (BoostedTreesBuilder Model, EarlyStopping? Stopping) Grow(LabelledRows rows, TrainingRun run, LabelledRows? validation, int patienceTrees)
    {
        options.Validate();
        rows.Validate();
        var table = BinnedTable.From(rows.Features, options.MaxBins, run);
        var model = new BoostedTreesBuilder(table.Bins, StartFrom(rows));
        var scores = StartScores(rows, model.BaseScore);
        var stopping = validation is null ? null : new EarlyStopping(validation, model.BaseScore, patienceTrees, run);
        var gradients = new RowGradients(table.Rows);
        var grower = new TreeGrower(table, options, gradients, run);
        var gradient = new double[table.Rows];
        var hessian = new double[table.Rows];
        var order = new int[table.Rows];
        List<(int From, int Until, int Leaf)> leaves = [];
        for (var t = 0; t < options.Trees; t++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            ParallelRows.For(table.Rows, BlockRows, run, (from, until) => LogisticLoss.Derivatives(
                scores.AsSpan(from..until), rows.Labels.AsSpan(from..until), rows.Weights.Length == 0 ? default : rows.Weights.AsSpan(from..until),
                gradient.AsSpan(from..until), hessian.AsSpan(from..until)));
            gradients.Set(gradient, hessian, run);
            var random = new SeededRandom(run.Seed, (ulong)t);
            var features = Draw(random, table.Features, options.FeatureShare);
            var inBag = FillBag(random, order);
            var tree = grower.Grow(order.AsMemory(0, inBag), features, leaves);
            if (tree.Nodes.Count == 0 && options.RowShare >= 1 && options.FeatureShare >= 1)
                break;
            AddToScores(tree, table, order, inBag, leaves, scores, run);
            model.Add(tree, options.LearningRate);
            if (stopping is not null && !stopping.Continue(model, run))
                break;
        }

        return (model, stopping);
    }

    private static double StartFrom(LabelledRows rows)
    {
        if (rows.InitialScores.Length != 0)
            return 0;
        double positive = 0, total = 0;
        for (var i = 0; i < rows.Labels.Length; i++)
        {
            var weight = rows.Weights.Length == 0 ? 1.0 : rows.Weights[i];
            positive += weight * rows.Labels[i];
            total += weight;
        }

        var mean = total > 0 ? positive / total : 0;
        return LogisticLoss.LogOdds(Math.Clamp(mean, LeastProbability, 1 - LeastProbability));
    }

    private static double[] StartScores(LabelledRows rows, double baseScore)
    {
        if (rows.InitialScores.Length != 0)
            return (double[])rows.InitialScores.Clone();
        var scores = new double[rows.Labels.Length];
        Array.Fill(scores, baseScore);
        return scores;
    }

    private static int[] Draw(SeededRandom random, int count, double share)
    {
        var wanted = Math.Clamp((int)Math.Round(count * share), 1, count);
        var all = new int[count];
        for (var i = 0; i < count; i++)
            all[i] = i;
        if (wanted == count)
            return all;
        for (var i = 0; i < wanted; i++)
        {
            var j = i + random.Next(count - i);
            (all[i], all[j]) = (all[j], all[i]);
        }

        var drawn = all[..wanted];
        Array.Sort(drawn);
        return drawn;
    }

    // Rows in the bag come first, the others after them.
    private int FillBag(SeededRandom random, int[] order)
    {
        var inBag = 0;
        var outside = order.Length;
        for (var i = 0; i < order.Length; i++)
        {
            if (options.RowShare >= 1 || random.NextDouble() < options.RowShare)
                order[inBag++] = i;
            else
                order[--outside] = i;
        }

        return inBag;
    }

    private void AddToScores(
        GrownTree tree, BinnedTable table, int[] order, int inBag, List<(int From, int Until, int Leaf)> leaves, double[] scores, TrainingRun run)
    {
        ParallelRows.For(leaves.Count, 1, run, (at, _) =>
        {
            var (from, until, leaf) = leaves[at];
            var step = options.LearningRate * tree.LeafValues[leaf];
            for (var i = from; i < until; i++)
                scores[order[i]] += step;
        });
        ParallelRows.For(order.Length - inBag, BlockRows, run, (from, until) =>
        {
            for (var i = inBag + from; i < inBag + until; i++)
                scores[order[i]] += options.LearningRate * tree.LeafValues[tree.LeafOf(table, order[i])];
        });
    }
}
