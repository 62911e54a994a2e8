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
    /// <summary>Adds this customer's figures for a list.</summary>
    public void Score(ReadOnlySpan<int> ranked, MetricSamples samples)
    {
        samples.Add("recall@10", RankingMetrics.Recall(ranked, Truth, 10));
        samples.Add("ndcg@10", RankingMetrics.Ndcg(ranked, Truth, 10, NdcgIdeal.WholeTruth));
        samples.Add("phr@10", RankingMetrics.Hit(ranked, Truth, 10));
        samples.Add("recall@20", RankingMetrics.Recall(ranked, Truth, 20));
        samples.Add("ndcg@20", RankingMetrics.Ndcg(ranked, Truth, 20, NdcgIdeal.WholeTruth));
        if (Repeats.Count > 0)
            samples.Add("repeat recall@10", RankingMetrics.Recall(ranked, Repeats, 10));
        if (Repeats.Count < Truth.Count)
            samples.Add("new recall@10", RankingMetrics.Recall(ranked, Truth.Except(Repeats).ToHashSet(), 10));
    }
}
