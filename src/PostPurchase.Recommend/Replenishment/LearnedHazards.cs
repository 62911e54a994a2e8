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

    private LearnedHazards(HazardRegression regression, BoostedTreesModel?[] trees)
    {
        _regression = regression;
        _trees = trees;
    }

    public static LearnedHazards Fit(HazardSample sample, ReplenishmentOptions options, TrainingRun run)
    {
        var regression = HazardRegression.Fit(sample, options, run);
        var trees = new BoostedTreesModel?[HazardSegments.Count];
        for (var segment = 0; segment < trees.Length; segment++)
            trees[segment] = FitTrees(sample, segment, regression, options, run);
        return new LearnedHazards(regression, trees);
    }

    /// <summary>The hazards of every segment, one row of segments for each row of features.</summary>
    public void Fill(ReadOnlySpan<float> rows, Span<double> hazards)
    {
        hazards.Clear();
        _regression.AddLogOdds(rows, hazards);
        var count = hazards.Length / HazardSegments.Count;
        var scores = ArrayPool<double>.Shared.Rent(count);
        for (var k = 0; k < HazardSegments.Count; k++)
        {
            if (_trees[k] is not { } trees)
                continue;
            trees.Score(rows, scores.AsSpan(0, count));
            for (var i = 0; i < count; i++)
                hazards[(i * HazardSegments.Count) + k] += scores[i];
        }

        ArrayPool<double>.Shared.Return(scores);
        for (var i = 0; i < hazards.Length; i++)
            hazards[i] = 1 / (1 + Math.Exp(-hazards[i]));
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
            trees[k] = reader.ReadBoolean() ? BoostedTreesModel.Read(reader) : null;
        return new LearnedHazards(regression, trees);
    }

    private static BoostedTreesModel? FitTrees(
        HazardSample sample, int segment, HazardRegression regression, ReplenishmentOptions options, TrainingRun run)
    {
        int[] rows = [.. Enumerable.Range(0, sample.Rows).Where(i => sample.Informs(i, segment))];
        var bought = rows.Count(i => sample.BoughtIn(i, segment));
        if (Math.Min(bought, rows.Length - bought) < FewestOutcomes)
            return null;
        var table = new FeatureTable(rows.Length, PairFeatures.Count);
        var (labels, start) = (new float[rows.Length], new double[rows.Length]);
        ParallelRows.For(rows.Length, 4096, run, (from, until) =>
        {
            for (var i = from; i < until; i++)
            {
                var features = sample.Row(rows[i]);
                table.SetRow(i, features);
                labels[i] = sample.BoughtIn(rows[i], segment) ? 1 : 0;
                start[i] = regression.LogOdds(features, segment);
            }
        });
        return new BoostedTreesTrainer(Boosting).Train(new LabelledRows(table, labels, [], start), run);
    }
}
