using System.Buffers;
using PostPurchase.Recommend.Boosting;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// The hazard of every segment, in three steps that each start where the one before stops: the gap curve, a regression over
/// it, boosted trees over that. With little to learn from, later steps add nothing.
/// </summary>
internal sealed class LearnedHazards
{
    private const int FewestOutcomes = 200;

    // A block of columns that stays in the first-level cache.
    private const int RowsAtOnce = 2 * LeafMasks.RowsAtOnce;

    // Fewer rows are walked down the trees one by one.
    private const int FewestAtOnce = 8;

    // Small steps by shallow, damped trees: what they add must hold in months to come, not only in those looked back to.
    private static readonly BoostedTreesOptions Boosting = new()
    {
        Trees = 60,
        LearningRate = 0.08,
        MaxLeaves = 15,
        MinLeafRows = 100,
        L2Regularization = 20,
        FeatureShare = 0.5,
        RowShare = 0.5,
        MaxBins = 64,
    };

    private readonly HazardRegression _regression;
    private readonly BoostedTreesModel?[] _trees;
    private readonly bool _areLaidOut;

    private LearnedHazards(HazardRegression regression, BoostedTreesModel?[] trees)
    {
        _regression = regression;
        _trees = trees;
        _areLaidOut = Array.TrueForAll(trees, tree => tree is null or { Masks: not null });
    }

    public static LearnedHazards Fit(HazardSample sample, ReplenishmentOptions options, TrainingRun run)
    {
        var regression = HazardRegression.Fit(sample, options, run);
        var trees = new BoostedTreesModel?[HazardSegments.Count];
        // Segments side by side keep two threads busier than one segment with two; more of them at a time would hold as many tables.
        var sideBySide = Math.Min(2, run.Threads);
        var inner = run with { Threads = run.Threads / sideBySide };
        ParallelRows.For(trees.Length, 1, run with { Threads = sideBySide }, (from, until) =>
        {
            for (var segment = from; segment < until; segment++)
                trees[segment] = FitTrees(sample, segment, regression, options, inner);
        });
        return new LearnedHazards(regression, trees);
    }

    /// <summary>The hazards of every segment, one row of segments for each row of features.</summary>
    public void Fill(ReadOnlySpan<float> rows, Span<double> hazards)
    {
        hazards.Clear();
        _regression.AddLogOdds(rows, hazards);
        if (hazards.Length >= FewestAtOnce * HazardSegments.Count && _areLaidOut)
            AddTreesAtOnce(rows, hazards);
        else
            AddTrees(rows, hazards);
        for (var i = 0; i < hazards.Length; i++)
            hazards[i] = 1 / (1 + Math.Exp(-hazards[i]));
    }

    private void AddTrees(ReadOnlySpan<float> rows, Span<double> hazards)
    {
        for (var i = 0; i < hazards.Length; i++)
        {
            if (_trees[i % HazardSegments.Count] is { } trees)
                hazards[i] += trees.Score(rows.Slice(i / HazardSegments.Count * PairFeatures.Count, trees.Features));
        }
    }

    private void AddTreesAtOnce(ReadOnlySpan<float> rows, Span<double> hazards)
    {
        var count = hazards.Length / HazardSegments.Count;
        var columns = ArrayPool<float>.Shared.Rent(RowsAtOnce * PairFeatures.Count);
        Span<double> scores = stackalloc double[RowsAtOnce];
        for (var first = 0; first < count; first += RowsAtOnce)
        {
            var block = scores[..Math.Min(RowsAtOnce, count - first)];
            for (var i = 0; i < block.Length; i++)
            {
                for (var f = 0; f < PairFeatures.Count; f++)
                    columns[(f * RowsAtOnce) + i] = rows[((first + i) * PairFeatures.Count) + f];
            }

            for (var k = 0; k < HazardSegments.Count; k++)
            {
                if (_trees[k]?.Masks is not { } masks)
                    continue;
                masks.Score(columns, RowsAtOnce, block);
                for (var i = 0; i < block.Length; i++)
                    hazards[((first + i) * HazardSegments.Count) + k] += block[i];
            }
        }

        ArrayPool<float>.Shared.Return(columns);
    }

    public void Write(SectionWriter writer)
    {
        _regression.Write(writer);
        foreach (var trees in _trees)
        {
            writer.Write(trees is not null);
            trees?.Write(writer);
        }
    }

    public static LearnedHazards Read(SectionReader reader)
    {
        var regression = HazardRegression.Read(reader);
        var trees = new BoostedTreesModel?[HazardSegments.Count];
        for (var k = 0; k < trees.Length; k++)
        {
            trees[k] = reader.ReadBoolean() ? BoostedTreesModel.Read(reader) : null;
            if (trees[k] is { Features: not (PairFeatures.GroupStart or PairFeatures.Count) and var features })
                throw reader.Damaged($"trees ask for {features} features of a pair");
        }

        return new LearnedHazards(regression, trees);
    }

    private static BoostedTreesModel? FitTrees(
        HazardSample sample, int segment, HazardRegression regression, ReplenishmentOptions options, TrainingRun run)
    {
        int[] rows = [.. Enumerable.Range(0, sample.Rows).Where(i => sample.Informs(i, segment))];
        var bought = rows.Count(i => sample.BoughtIn(i, segment));
        if (Math.Min(bought, rows.Length - bought) < FewestOutcomes)
            return null;
        var table = new FeatureTable(rows.Length, sample.UsedFeatures);
        var (labels, start) = (new float[rows.Length], new double[rows.Length]);
        ParallelRows.For(rows.Length, 4096, run, (from, until) =>
        {
            for (var i = from; i < until; i++)
            {
                var features = sample.Row(rows[i]);
                table.SetRow(i, features[..sample.UsedFeatures]);
                labels[i] = sample.BoughtIn(rows[i], segment) ? 1 : 0;
                start[i] = regression.LogOdds(features, segment);
            }
        });
        var learned = new LabelledRows(table, labels, [], start);
        var hold = CustomerFolds.Trees(Boosting, learned, [.. rows.Select(row => sample.Customer[row])], run);
        return new BoostedTreesTrainer(Boosting with { Trees = hold }).Train(learned, run);
    }
}
