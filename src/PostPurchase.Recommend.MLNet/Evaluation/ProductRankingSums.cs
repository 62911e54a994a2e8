using PostPurchase.Recommend.Evaluation;

namespace PostPurchase.Recommend.MLNet.Evaluation;

/// <summary>Adds up the metrics of customers one by one.</summary>
internal sealed class ProductRankingSums(int count, NdcgIdeal ideal)
{
    private readonly HashSet<int> _shown = [];
    private double _recall;
    private double _ndcg;
    private double _hits;
    private int _customers;

    public void Add(ReadOnlySpan<int> ranked, HashSet<int> truth)
    {
        foreach (var product in ranked)
            _shown.Add(product);
        _recall += RankingMetrics.Recall(ranked, truth, count);
        _ndcg += RankingMetrics.Ndcg(ranked, truth, count, ideal);
        _hits += RankingMetrics.Hit(ranked, truth, count);
        _customers++;
    }

    public ProductRankingMetrics Means(int products) => _customers > 0
        ? new ProductRankingMetrics(count, _recall / _customers, _ndcg / _customers, _hits / _customers, (double)_shown.Count / products, _customers)
        : throw new InvalidOperationException("No customer has anything to be found, so there is nothing to measure.");
}
