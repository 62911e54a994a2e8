using System.Collections.Concurrent;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// The products that sell best as of a day: by the sales of the last weeks, then by all sales before the day, then by id.
/// The heads of these lists are kept, one for each day asked about, and the whole of the one asked for last.
/// </summary>
internal sealed class PopularProducts(SalesCalendar calendar, PurchaseColumns columns)
{
    private const int RecentDays = 42;
    private const int Head = 100;
    private const double PriorBaskets = 50;
    private readonly ConcurrentDictionary<int, int[]> _heads = new();

    // Most requests of an hour ask about the same day.
    private volatile Order? _latest;

    public ReadOnlySpan<int> AsOf(int day) => _heads.GetOrAdd(Within(day), FindHead);

    /// <summary>The product at a place among all of the catalogue, or -1 after the last one.</summary>
    public int At(int place, int day)
    {
        var head = AsOf(day);
        if (place < head.Length)
            return head[place];
        if (place >= columns.Products.Count)
            return -1;
        var within = Within(day);
        var order = _latest;
        if (order?.Day != within)
            _latest = order = new Order(within, All(within));
        return order.Products[place];
    }

    /// <summary>The share of the last weeks' baskets that held the product, pulled to the share of all baskets before them.</summary>
    public double Probability(int product, int day)
    {
        var (from, until) = calendar.HasDates ? (Within(day) - RecentDays, Within(day)) : (int.MinValue, int.MaxValue);
        var overall = calendar.Share(product, int.MinValue, until);
        var prior = float.IsNaN(overall) ? 0 : overall;
        return (calendar.Sales(product, from, until) + (PriorBaskets * prior)) / (calendar.Baskets(from, until) + PriorBaskets);
    }

    /// <summary>All products of the catalogue.</summary>
    public int[] All(int day)
    {
        var (recent, before) = Sales(Within(day));
        return Sorted([.. Enumerable.Range(0, recent.Length)], recent, before);
    }

    // All days after the last one but a few are alike, so the lists kept are bounded by the days of the history.
    private int Within(int day) => calendar.HasDates ? Math.Clamp(day, columns.FirstDay, columns.LastDay + 1) : 0;

    // A log may be asked about each of its days: only the products that can be among the first are put in order.
    private int[] FindHead(int day)
    {
        var (recent, before) = Sales(day);
        var least = Quickselect.ReachedBy(Head, recent, new float[2 * Head]);
        int[] first = Sorted([.. Enumerable.Range(0, recent.Length).Where(p => recent[p] >= least)], recent, before);
        return first.Length <= Head ? first : first[..Head];
    }

    private (float[] Recent, int[] Before) Sales(int day)
    {
        var (recent, before) = (new float[columns.Products.Count], new int[columns.Products.Count]);
        Span<int> counts = stackalloc int[2];
        for (var p = 0; p < before.Length; p++)
        {
            if (calendar.HasDates)
            {
                calendar.Before(p, [day, day - RecentDays], counts);
                (recent[p], before[p]) = (counts[0] - counts[1], counts[0]);
            }
            else
            {
                (recent[p], before[p]) = (calendar.Latest.LastTwo(p), calendar.Sales(p));
            }
        }

        return (recent, before);
    }

    private static int[] Sorted(int[] products, float[] recent, int[] before)
    {
        Array.Sort(Array.ConvertAll(products, p => (-recent[p], -before[p], p)), products);
        return products;
    }

    private sealed record Order(int Day, int[] Products);
}
