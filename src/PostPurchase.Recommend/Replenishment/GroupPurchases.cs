using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// What a customer bought before a day, by replenishment group or else category: products of a group serve one need, so that one replaces the
/// other. A workspace, reloaded for every customer.
/// </summary>
internal sealed class GroupPurchases
{
    // Customers with a single purchase of the group have no gap of their own: about what a frequent need has.
    private const double PriorDays = 7;

    private long[] _key = new long[64];
    private int[] _ofProduct = [];
    private PurchaseColumns? _columns;
    private int _count;

    /// <summary>Takes the customer's rows.</summary>
    public void Load(PurchaseColumns columns, int fromRow, int untilRow)
    {
        (_columns, _ofProduct) = (columns, columns.ProductFamily);
        _count = 0;
        if (_ofProduct.Length == 0)
            return;
        if (_key.Length < untilRow - fromRow)
            _key = new long[Math.Max(2 * _key.Length, untilRow - fromRow)];
        for (var row = fromRow; row < untilRow; row++)
        {
            if (_ofProduct[columns.Product[row]] is >= 0 and var group)
                _key[_count++] = Key(group, columns.Day[row]);
        }

        _key.AsSpan(0, _count).Sort();
    }

    /// <summary>
    /// Whether the need that the product serves was met by anything. Only groups that the catalogue names tell: what else there is in a
    /// category may serve another.
    /// </summary>
    public bool IsMet(int product) =>
        _columns?.NeedOf(product) is >= 0 and var group && FirstFrom(Key(group, 0)) < FirstFrom(Key(group + 1, 0));

    /// <summary>How the pair stands in its group; a product without one is a group of its own.</summary>
    public void Fill(int product, in PairPurchases own, int asOfDay, Span<float> into)
    {
        if (_ofProduct.Length == 0)
        {
            into.Clear();
            return;
        }

        var (n, ownLast, ownFirst) = (own.Count, own.Day(own.Count - 1), own.Day(0));
        var (rows, sinceFirst, sinceLast, first, last) = (n, n, 0, ownFirst, ownLast);
        if ((uint)product < (uint)_ofProduct.Length && _ofProduct[product] is >= 0 and var group)
        {
            var (start, end) = (FirstFrom(Key(group, 0)), FirstFrom(Key(group + 1, 0)));
            (rows, first, last) = (end - start, (int)_key[start], (int)_key[end - 1]);
            sinceFirst = end - FirstFrom(Key(group, ownFirst));
            sinceLast = end - FirstFrom(Key(group, ownLast + 1));
        }

        var waited = (double)(asOfDay - last);
        var gap = rows > 1 ? (last - first) / (double)(rows - 1) : 0;
        into[0] = (float)Math.Log(waited / (asOfDay - ownLast));
        into[1] = (float)Math.Log(1 + sinceLast);
        into[2] = (float)Math.Log((n + 0.5) / (rows - n + 0.5));
        into[3] = (float)Math.Log(n / (double)sinceFirst);
        into[4] = (float)Math.Log(waited / (gap + PriorDays));
    }

    private static long Key(int group, int day) => ((long)group << 32) | (uint)day;

    // Several products on one day have the same key, as many as a basket of the group holds.
    private int FirstFrom(long key) => SortedSpan.FirstAtLeast(_key.AsSpan(0, _count), key);
}
