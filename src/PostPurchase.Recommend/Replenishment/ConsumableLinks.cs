using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// Which consumables follow which base products, and when: what is known of a first purchase from a base product the customer
/// has. Immutable and safe to use from any number of threads.
/// </summary>
internal sealed class ConsumableLinks
{
    private readonly ConsumableLink[] _byProduct;
    private readonly ConsumableLink[] _byBase;

    /// <summary>Links in any order, each pair of products once.</summary>
    public ConsumableLinks(IEnumerable<ConsumableLink> links)
    {
        _byProduct = [.. links.OrderBy(link => link.Product).ThenBy(link => link.Base)];
        _byBase = [.. _byProduct.OrderBy(link => link.Base).ThenBy(link => link.Product)];
    }

    public int Count => _byBase.Length;

    /// <summary>The links to a consumable.</summary>
    public ReadOnlySpan<ConsumableLink> To(int product) => Range(_byProduct, product, static link => link.Product);

    /// <summary>The links from a base product.</summary>
    public ReadOnlySpan<ConsumableLink> From(int baseProduct) => Range(_byBase, baseProduct, static link => link.Base);

    public void Write(SectionWriter writer)
    {
        writer.WriteArray<int>(Array.ConvertAll(_byBase, link => link.Base));
        writer.WriteArray<int>(Array.ConvertAll(_byBase, link => link.Product));
        writer.WriteArray<double>(Array.ConvertAll(_byBase, link => link.Gap.LogGap));
        writer.WriteArray<double>(Array.ConvertAll(_byBase, link => link.Gap.Spread));
        writer.WriteArray<double>(Array.ConvertAll(_byBase, link => link.Gap.ReturnShare));
    }

    public static ConsumableLinks Read(SectionReader reader, int products)
    {
        var bases = reader.ReadArray<int>();
        var product = reader.ReadArray<int>(bases.Length);
        var logGap = reader.ReadArray<double>(bases.Length);
        var spread = reader.ReadArray<double>(bases.Length);
        var share = reader.ReadArray<double>(bases.Length);
        for (var i = 0; i < bases.Length; i++)
        {
            if ((uint)bases[i] >= (uint)products || (uint)product[i] >= (uint)products || !double.IsFinite(logGap[i]) || !(spread[i] > 0) || !(share[i] is > 0 and < 1))
                throw reader.Damaged($"link {i} from a base product to a consumable is none");
        }

        return new ConsumableLinks(bases.Select((from, i) => new ConsumableLink(from, product[i], new GapPrior(logGap[i], spread[i], share[i]))));
    }

    private static ReadOnlySpan<ConsumableLink> Range(ConsumableLink[] links, int key, Func<ConsumableLink, int> keyOf)
    {
        var (first, end) = (FirstAtLeast(key), FirstAtLeast(key + 1));
        return links.AsSpan(first, end - first);

        int FirstAtLeast(int wanted)
        {
            var (low, high) = (0, links.Length);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (keyOf(links[middle]) < wanted)
                    low = middle + 1;
                else
                    high = middle;
            }

            return low;
        }
    }
}
