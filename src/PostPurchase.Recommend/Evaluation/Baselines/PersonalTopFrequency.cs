using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>
/// P-TopFreq: what the customer bought most often, ties by popularity. GP-TopFreq goes on with popular products that the
/// customer never bought (Li et al., TOIS 2023).
/// </summary>
internal sealed class PersonalTopFrequency(PurchaseColumns history, ProductPopularity popularity, bool fillWithPopular)
    : INextBasketBaseline
{
    public string Name => fillWithPopular ? "GP-TopFreq" : "P-TopFreq";

    public int Rank(int customer, Span<int> products)
    {
        var bought = history.Product.AsSpan(history.CustomerStart[customer]..history.CustomerStart[customer + 1]).ToArray();
        Array.Sort(bought);
        List<(int Product, int Times)> own = [];
        for (var i = 0; i < bought.Length; i++)
        {
            if (i > 0 && bought[i] == bought[i - 1])
                own[^1] = (bought[i], own[^1].Times + 1);
            else
                own.Add((bought[i], 1));
        }

        own.Sort((a, b) => a.Times != b.Times
            ? b.Times.CompareTo(a.Times)
            : popularity.Place[a.Product].CompareTo(popularity.Place[b.Product]));
        var held = Math.Min(own.Count, products.Length);
        for (var i = 0; i < held; i++)
            products[i] = own[i].Product;
        return fillWithPopular ? popularity.Fill(products, held) : held;
    }
}
