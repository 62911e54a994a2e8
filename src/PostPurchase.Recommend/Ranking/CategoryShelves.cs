using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>The products of every category, or replenishment group where the catalogue names one, the best-selling ones first; none where the history knows of neither.</summary>
internal sealed class CategoryShelves
{
    private readonly int[] _start;
    private readonly int[] _products;
    private readonly float[] _share;

    private CategoryShelves(int[] start, int[] products, float[] share)
    {
        _start = start;
        _products = products;
        _share = share;
    }

    /// <summary>The number of categories.</summary>
    public int Count => _start.Length - 1;

    public static CategoryShelves From(PurchaseColumns columns, ProductStatistics statistics)
    {
        var start = new int[columns.Families.Count + 1];
        var share = new float[columns.HasFamilies ? columns.Products.Count : 0];
        int[] products = [.. Enumerable.Range(0, share.Length).Where(p => columns.ProductFamily[p] >= 0)
            .OrderBy(p => columns.ProductFamily[p]).ThenByDescending(p => statistics.Baskets[p]).ThenBy(p => p)];
        var sales = new double[columns.Families.Count];
        foreach (var product in products)
        {
            start[columns.ProductFamily[product] + 1]++;
            sales[columns.ProductFamily[product]] += statistics.Baskets[product];
        }

        for (var c = 0; c < sales.Length; c++)
            start[c + 1] += start[c];
        foreach (var product in products)
            share[product] = (float)(statistics.Baskets[product] / Math.Max(1, sales[columns.ProductFamily[product]]));
        return new CategoryShelves(start, products, share);
    }

    /// <summary>The products of the category.</summary>
    public ReadOnlySpan<int> Of(int category) => _products.AsSpan(_start[category].._start[category + 1]);

    /// <summary>The product's share of its category's sales; zero when it has none.</summary>
    public float ShareOfCategory(int product) => product < _share.Length ? _share[product] : 0;
}
