namespace PostPurchase.Recommend.MLNet.Evaluation;

/// <summary>How well ranked products meet what customers bought: means over customers, each from 0 to 1.</summary>
/// <param name="Count">How many places of every list were looked at (k).</param>
/// <param name="Recall">The share of what a customer bought that is on the list.</param>
/// <param name="Ndcg">The discounted gain of the list over that of a perfect list.</param>
/// <param name="HitRate">The share of customers with at least one hit.</param>
/// <param name="Coverage">The share of all products that are on at least one list.</param>
/// <param name="Customers">The number of customers with something to be found: the sample size.</param>
public sealed record ProductRankingMetrics(int Count, double Recall, double Ndcg, double HitRate, double Coverage, int Customers);
