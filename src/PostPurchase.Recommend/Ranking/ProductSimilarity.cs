using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// How alike two products are, from 0 to 1: 1 within a category or replenishment group, else the cosine of the sets of customers who bought them.
/// Built when first asked for, since only diverse lists need it.
/// </summary>
internal sealed class ProductSimilarity(PurchaseColumns columns)
{
    private readonly Lazy<(int[] Start, int[] Customer)> _buyers = new(() => BuyersOf(columns));

    public float Between(int left, int right)
    {
        if ((columns.HasCategories && columns.ProductCategory[left] >= 0 && columns.ProductCategory[left] == columns.ProductCategory[right])
            || columns.ServeOneNeed(left, right))
        {
            return 1;
        }

        var (start, customer) = _buyers.Value;
        var a = customer.AsSpan(start[left], start[left + 1] - start[left]);
        var b = customer.AsSpan(start[right], start[right + 1] - start[right]);
        if (a.IsEmpty || b.IsEmpty)
            return 0;
        var both = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            var order = a[i].CompareTo(b[j]);
            both += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return (float)(both / Math.Sqrt((double)a.Length * b.Length));
    }

    private static (int[] Start, int[] Customer) BuyersOf(PurchaseColumns columns)
    {
        var products = columns.Products.Count;
        var last = new int[products];
        var start = new int[products + 1];
        ForEachBuyer(columns, last, (p, _) => start[p + 1]++);
        for (var p = 0; p < products; p++)
            start[p + 1] += start[p];
        var next = start[..products];
        var customer = new int[start[^1]];
        ForEachBuyer(columns, last, (p, c) => customer[next[p]++] = c);
        return (start, customer);
    }

    private static void ForEachBuyer(PurchaseColumns columns, int[] last, Action<int, int> body)
    {
        Array.Fill(last, -1);
        for (var c = 0; c < columns.Customers.Count; c++)
        {
            for (var row = columns.CustomerStart[c]; row < columns.CustomerStart[c + 1]; row++)
            {
                var product = columns.Product[row];
                if (last[product] == c)
                    continue;
                last[product] = c;
                body(product, c);
            }
        }
    }
}
