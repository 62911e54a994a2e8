using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Evaluation;

/// <summary>What each source and group of features is worth to the ranking: it is learned anew without each of them, and the candidates it brings, in turn.</summary>
/// <remarks>Safe to call from any thread.</remarks>
public static class RankingAblation
{
    /// <summary>Measures the ranking as it is and without each group of features, on the same held-out baskets.</summary>
    /// <param name="protocol">The held-out baskets.</param>
    /// <param name="run">Seed, threads, progress and cancellation.</param>
    /// <returns>The whole ranking first, then one row for each group that was left out.</returns>
    public static IReadOnlyList<EvaluationRow> Measure(NextBasketProtocol protocol, TrainingRun? run = null)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        run ??= new TrainingRun();
        var groups = Enum.GetValues<RankingFeature>().Select(RankingFeatures.Group).Distinct();
        List<EvaluationRow> rows = [Without([], "all features")];
        foreach (var group in groups)
            rows.Add(Without([group], $"without {group.ToLowerInvariant()}"));
        return rows;

        EvaluationRow Without(string[] leftOut, string method)
        {
            var options = new RankingOptions { LeftOutGroups = leftOut };
            var model = new RankingTrainer(options).Train(protocol.Training.Columns, run);
            return protocol.Measure(method, model.Recommend, run);
        }
    }
}
