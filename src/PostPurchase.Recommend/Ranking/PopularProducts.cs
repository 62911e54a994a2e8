using System.Collections.Concurrent;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// The products that sell best as of a day: by the sales of the last weeks, then by all sales before the day, then by id.
/// The heads of these lists are kept, one for each day asked about.
/// </summary>
internal sealed class PopularProducts(SalesCalendar calendar, PurchaseColumns columns)
{
    private const int RecentDays = 42;
    private const int Head = 100;
    private const double PriorBaskets = 50;
    private readonly ConcurrentDictionary<int, int[]> _heads = new();

    public ReadOnlySpan<int> AsOf(int day)
    {
        // All days after the last one but a few are alike, so the lists kept are bounded by the days of the history.
        var within = calendar.HasDates ? Math.Clamp(day, columns.FirstDay, columns.LastDay + 1) : 0;
        return _heads.GetOrAdd(within, d => [.. All(d).Take(Head)]);
    }

    /// <summary>The share of the last weeks' baskets that held the product, pulled to the share of all baskets before them.</summary>
    public double Probability(int product, int day)
    {
        var (from, until) = calendar.HasDates ? (day - RecentDays, day) : (int.MinValue, int.MaxValue);
        var overall = calendar.Share(product, int.MinValue, until);
        var prior = float.IsNaN(overall) ? 0 : overall;
        return (calendar.Sales(product, from, until) + (PriorBaskets * prior)) / (calendar.Baskets(from, until) + PriorBaskets);
    }

    /// <summary>All products of the catalogue.</summary>
    public int[] All(int day)
    {
        var order = new int[columns.Products.Count];
        var keys = new (int Recent, int Before, int Product)[order.Length];
        for (var p = 0; p < order.Length; p++)
        {
            order[p] = p;
            keys[p] = calendar.HasDates ? (-calendar.Sales(p, day - RecentDays, day), -calendar.Before(p, day), p) : (-calendar.Latest.LastTwo(p), -calendar.Sales(p), p);
        }

        Array.Sort(keys, order);
        return order;
    }
}
