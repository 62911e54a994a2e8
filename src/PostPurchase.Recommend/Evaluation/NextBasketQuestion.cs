namespace PostPurchase.Recommend.Evaluation;

/// <summary>One customer's held-out basket.</summary>
/// <param name="CustomerId">Who is asked about.</param>
/// <param name="Customer">The customer's number in the training history, or -1.</param>
/// <param name="AsOf">The day of the visit.</param>
/// <param name="Truth">What was bought; products the training history does not know have numbers after its last one.</param>
/// <param name="Repeats">Of <paramref name="Truth"/>, what the customer had bought before.</param>
internal sealed record NextBasketQuestion(
    string CustomerId, int Customer, DateOnly AsOf, HashSet<int> Truth, HashSet<int> Repeats)
{
    /// <summary>The metrics of <see cref="Score"/>, in order.</summary>
    public static IReadOnlyList<string> Metrics { get; } =
        ["recall@10", "ndcg@10", "phr@10", "recall@20", "ndcg@20", "repeat recall@10", "new recall@10"];

    /// <summary>Adds this customer's figures for a list.</summary>
    public void Score(ReadOnlySpan<int> ranked, MetricSamples samples)
    {
        samples.Add(0, RankingMetrics.Recall(ranked, Truth, 10));
        samples.Add(1, RankingMetrics.Ndcg(ranked, Truth, 10, NdcgIdeal.WholeTruth));
        samples.Add(2, RankingMetrics.Hit(ranked, Truth, 10));
        samples.Add(3, RankingMetrics.Recall(ranked, Truth, 20));
        samples.Add(4, RankingMetrics.Ndcg(ranked, Truth, 20, NdcgIdeal.WholeTruth));
        if (Repeats.Count > 0)
            samples.Add(5, RankingMetrics.Recall(ranked, Repeats, 10));
        if (Repeats.Count < Truth.Count)
            samples.Add(6, RankingMetrics.Recall(ranked, Truth.Except(Repeats).ToHashSet(), 10));
    }
}
