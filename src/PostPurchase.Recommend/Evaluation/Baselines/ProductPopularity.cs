using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>In how many baskets each product lies, and the order that follows: ties by product id.</summary>
internal sealed class ProductPopularity
{
    public ProductPopularity(PurchaseColumns history)
    {
        Baskets = new int[history.Products.Count];
        foreach (var product in history.Product)
            Baskets[product]++;
        Order = new int[Baskets.Length];
        for (var i = 0; i < Order.Length; i++)
            Order[i] = i;
        Array.Sort(Order, (a, b) => Baskets[a] != Baskets[b] ? Baskets[b].CompareTo(Baskets[a]) : a.CompareTo(b));
        Place = new int[Order.Length];
        for (var i = 0; i < Order.Length; i++)
            Place[Order[i]] = i;
    }

    public int[] Baskets { get; }

    /// <summary>Products, the most popular first.</summary>
    public int[] Order { get; }

    /// <summary>Every product's place in <see cref="Order"/>: what breaks ties.</summary>
    public int[] Place { get; }

    /// <summary>Appends popular products that the list does not hold yet, and says how many it holds then.</summary>
    public int Fill(Span<int> products, int held)
    {
        var own = products[..held];
        for (var i = 0; i < Order.Length && held < products.Length && Baskets[Order[i]] > 0; i++)
        {
            if (!own.Contains(Order[i]))
                products[held++] = Order[i];
        }

        return held;
    }
}
