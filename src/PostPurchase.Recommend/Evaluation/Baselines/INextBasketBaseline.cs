namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>A method to compare with: products for one customer's next basket, repeat purchases included.</summary>
internal interface INextBasketBaseline
{
    string Name { get; }

    /// <summary>Fills the span with products, best first, and says how many there are. Safe to call from any thread.</summary>
    int Rank(int customer, Span<int> products);
}
