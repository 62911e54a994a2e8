namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>G-TopFreq: the products that lie in most baskets, the same for everyone.</summary>
internal sealed class GlobalTopFrequency(ProductPopularity popularity) : INextBasketBaseline
{
    public string Name => "G-TopFreq";

    public int Rank(int customer, Span<int> products) => popularity.Fill(products, 0);
}
