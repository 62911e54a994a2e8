using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Complements;

/// <summary>
/// Every customer's products in the order they were first bought, and for every product where it stands in those
/// sequences. Repeats are left out: buying coffee again says nothing of what goes with coffee.
/// </summary>
internal sealed class FirstPurchaseSequences
{
    private FirstPurchaseSequences(int[] customerStart, int[] product, int[] day, int[] productStart, int[] place, int[] customerOf)
    {
        CustomerStart = customerStart;
        Product = product;
        Day = day;
        ProductStart = productStart;
        Place = place;
        CustomerOfPlace = customerOf;
    }

    /// <summary>The first place of every customer, and the number of places at the end.</summary>
    public int[] CustomerStart { get; }

    /// <summary>The product first bought at a place; places of a customer are in order of days, then of products.</summary>
    public int[] Product { get; }

    public int[] Day { get; }

    /// <summary>The first entry of every product in <see cref="Place"/>, and the number of entries at the end.</summary>
    public int[] ProductStart { get; }

    /// <summary>Places grouped by product.</summary>
    public int[] Place { get; }

    public int[] CustomerOfPlace { get; }

    public static FirstPurchaseSequences From(PurchaseColumns columns)
    {
        var products = columns.Products.Count;
        var lastCustomer = new int[products];
        Array.Fill(lastCustomer, -1);
        var start = new int[columns.Customers.Count + 1];
        List<int> product = [];
        List<int> day = [];
        List<int> customerOf = [];
        var productStart = new int[products + 1];
        for (var c = 0; c < columns.Customers.Count; c++)
        {
            for (var row = columns.CustomerStart[c]; row < columns.CustomerStart[c + 1]; row++)
            {
                var p = columns.Product[row];
                if (lastCustomer[p] == c)
                    continue;
                lastCustomer[p] = c;
                product.Add(p);
                day.Add(columns.Day[row]);
                customerOf.Add(c);
                productStart[p + 1]++;
            }

            start[c + 1] = product.Count;
        }

        for (var p = 0; p < products; p++)
            productStart[p + 1] += productStart[p];
        var next = productStart.AsSpan(0, products).ToArray();
        var place = new int[product.Count];
        for (var i = 0; i < place.Length; i++)
            place[next[product[i]]++] = i;
        return new FirstPurchaseSequences(start, [.. product], [.. day], productStart, place, [.. customerOf]);
    }
}
