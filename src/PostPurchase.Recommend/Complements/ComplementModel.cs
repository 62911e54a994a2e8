using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Complements;

/// <summary>Which products are bought after which others: for every anchor its complements by descending probability. Immutable and safe to use from any number of threads.</summary>
internal sealed class ComplementModel
{
    private readonly int[] _start;
    private readonly BoughtAfter[] _complements;

    private ComplementModel(int[] start, BoughtAfter[] complements)
    {
        _start = start;
        _complements = complements;
    }

    public static ComplementModel From(IReadOnlyList<BoughtAfter[]> byAnchor)
    {
        var start = new int[byAnchor.Count + 1];
        for (var a = 0; a < byAnchor.Count; a++)
            start[a + 1] = start[a] + byAnchor[a].Length;
        return new ComplementModel(start, [.. byAnchor.SelectMany(c => c)]);
    }

    /// <summary>The complements of a product by descending probability, ties by product.</summary>
    public ReadOnlySpan<BoughtAfter> Of(int anchor) => _complements.AsSpan(_start[anchor], _start[anchor + 1] - _start[anchor]);

    /// <summary>
    /// The complements of a basket: of several anchors the one that makes a product most probable speaks for it, since their
    /// evidence overlaps and multiplying it would claim too much.
    /// </summary>
    public IReadOnlyList<Complement> GoesWith(PurchaseColumns columns, ComplementQuery query)
    {
        var basket = query.BasketProductIds.Select(columns.Products.Find).Where(p => p >= 0).Distinct().Order().ToArray();
        Dictionary<int, (int Anchor, BoughtAfter Pair)> best = [];
        foreach (var anchor in basket)
        {
            foreach (var pair in Of(anchor))
            {
                if (Array.BinarySearch(basket, pair.Product) < 0
                    && (!best.TryGetValue(pair.Product, out var known) || pair.Probability > known.Pair.Probability))
                {
                    best[pair.Product] = (anchor, pair);
                }
            }
        }

        return
        [
            .. best.Values.OrderByDescending(b => b.Pair.Probability).ThenBy(b => b.Pair.Product).Take(query.Count).Select(b => new Complement(
                columns.Products[b.Pair.Product], columns.Products[b.Anchor], b.Pair.Probability, b.Pair.Lift, b.Pair.Customers)),
        ];
    }

    public void Write(SectionWriter writer)
    {
        writer.WriteArray<int>(_start);
        writer.WriteArray<int>(Array.ConvertAll(_complements, c => c.Product));
        writer.WriteArray<float>(Array.ConvertAll(_complements, c => c.Probability));
        writer.WriteArray<float>(Array.ConvertAll(_complements, c => c.Lift));
        writer.WriteArray<int>(Array.ConvertAll(_complements, c => c.Customers));
    }

    public static ComplementModel Read(SectionReader reader, int products)
    {
        var start = reader.ReadArray<int>(products + 1);
        var product = reader.ReadArray<int>();
        var probability = reader.ReadArray<float>(product.Length);
        var lift = reader.ReadArray<float>(product.Length);
        var customers = reader.ReadArray<int>(product.Length);
        if (start[0] != 0 || start[^1] != product.Length)
            throw reader.Damaged("the complements of the products do not add up");
        for (var a = 1; a < start.Length; a++)
        {
            if (start[a] < start[a - 1])
                throw reader.Damaged("the complements of the products do not add up");
        }

        var complements = new BoughtAfter[product.Length];
        for (var i = 0; i < complements.Length; i++)
        {
            if ((uint)product[i] >= (uint)products || !(probability[i] >= 0 && probability[i] <= 1) || !(lift[i] >= 0 && float.IsFinite(lift[i])))
                throw reader.Damaged($"complement {i} is out of range");
            complements[i] = new BoughtAfter(product[i], probability[i], lift[i], customers[i]);
        }

        return new ComplementModel(start, complements);
    }
}
