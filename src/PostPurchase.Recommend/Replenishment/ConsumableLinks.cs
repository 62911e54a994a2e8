using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// Which consumables follow which base products, and when: what is known of a first purchase from a base product the customer
/// has. Immutable and safe to use from any number of threads.
/// </summary>
internal sealed class ConsumableLinks
{
    private const double LeastShare = 1e-9;

    private readonly ConsumableLink[] _byProduct;
    private readonly ConsumableLink[] _byBase;

    private readonly double _perYear;

    /// <summary>
    /// Links in any order, each pair of products once, and by how much the log odds that a consumable is ever bought rise with every year
    /// that the buyer of the base product had been a customer.
    /// </summary>
    public ConsumableLinks(IEnumerable<ConsumableLink> links, double perYear = 0)
    {
        _perYear = perYear;
        _byProduct = [.. links.OrderBy(link => link.Product).ThenBy(link => link.Base)];
        _byBase = [.. _byProduct.OrderBy(link => link.Base).ThenBy(link => link.Product)];
    }

    public int Count => _byBase.Length;

    /// <summary>The links to a consumable.</summary>
    public ReadOnlySpan<ConsumableLink> To(int product) => Range(_byProduct, product, static link => link.Product);

    /// <summary>The links from a base product.</summary>
    public ReadOnlySpan<ConsumableLink> From(int baseProduct) => Range(_byBase, baseProduct, static link => link.Base);

    /// <summary>How long a customer since <paramref name="firstDay"/> had been one, in years.</summary>
    public static double Tenure(int day, int firstDay) => (day - firstDay) / 365.25;

    /// <summary>A share whose log odds are moved; never so far that nothing, or everything, is certain.</summary>
    public static double ShareAfter(double share, double moved) =>
        Math.Clamp(1 / (1 + ((1 - share) / share * Math.Exp(-moved))), LeastShare, 1 - LeastShare);

    /// <summary>The gap of the link for one who bought the base product after so many years as a customer.</summary>
    public GapPrior GapOf(in ConsumableLink link, double tenure) =>
        link.Gap with { ReturnShare = ShareAfter(link.Gap.ReturnShare, _perYear * (tenure - link.Tenure)) };

    public void Write(SectionWriter writer)
    {
        writer.Write(_perYear);
        writer.WriteArray<int>(Array.ConvertAll(_byBase, link => link.Base));
        writer.WriteArray<int>(Array.ConvertAll(_byBase, link => link.Product));
        writer.WriteArray<double>(Array.ConvertAll(_byBase, link => link.Gap.LogGap));
        writer.WriteArray<double>(Array.ConvertAll(_byBase, link => link.Gap.Spread));
        writer.WriteArray<double>(Array.ConvertAll(_byBase, link => link.Gap.ReturnShare));
        writer.WriteArray<double>(Array.ConvertAll(_byBase, link => link.Tenure));
    }

    public static ConsumableLinks Read(SectionReader reader, int products)
    {
        var perYear = reader.ReadDouble();
        var bases = reader.ReadArray<int>();
        var product = reader.ReadArray<int>(bases.Length);
        var logGap = reader.ReadArray<double>(bases.Length);
        var spread = reader.ReadArray<double>(bases.Length);
        var share = reader.ReadArray<double>(bases.Length);
        var tenure = reader.ReadArray<double>(bases.Length);
        if (!double.IsFinite(perYear))
            throw reader.Damaged($"links change by {perYear} a year");
        for (var i = 0; i < bases.Length; i++)
        {
            if ((uint)bases[i] >= (uint)products || (uint)product[i] >= (uint)products || !double.IsFinite(logGap[i]) || !(spread[i] > 0) || !(share[i] is > 0 and < 1) || !double.IsFinite(tenure[i]))
                throw reader.Damaged($"link {i} from a base product to a consumable is none");
        }

        return new ConsumableLinks(
            bases.Select((from, i) => new ConsumableLink(from, product[i], new GapPrior(logGap[i], spread[i], share[i]), tenure[i])), perYear);
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
