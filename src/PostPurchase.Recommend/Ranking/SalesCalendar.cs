using System.Numerics;
using System.Runtime.Intrinsics;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// On which days every product was sold, to look up how popular it was as of any day. A log whose days are mere
/// sequence numbers (customers start on the same day and come back on the next) has no calendar: then all of it is "before".
/// </summary>
internal sealed class SalesCalendar
{
    private const double SequenceShare = 0.9;

    // Each product's days are cut into so many parts; the last day of every part is a milestone.
    private const int Parts = 16;
    private readonly int[] _start;
    private readonly int[] _days;
    private readonly int[] _milestones;
    private readonly int[] _basketsUntilDay;
    private readonly int _firstDay;
    private readonly LatestSales? _latest;

    private SalesCalendar(int[] start, int[] days, int[] milestones, int[] basketsUntilDay, int firstDay, LatestSales? latest)
    {
        _start = start;
        _days = days;
        _milestones = milestones;
        _basketsUntilDay = basketsUntilDay;
        _firstDay = firstDay;
        _latest = latest;
    }

    public bool HasDates => _latest is null;

    /// <summary>The day after the last sale of the log.</summary>
    public int EndDay => _firstDay + _basketsUntilDay.Length - 1;

    /// <summary>What customers bought last, which stands for the latest days where there are no dates.</summary>
    public LatestSales Latest => _latest ?? throw new InvalidOperationException("A log with dates is asked for its days.");

    public static SalesCalendar From(PurchaseColumns columns) => From(columns, Dated(columns));

    public static SalesCalendar From(PurchaseColumns columns, bool hasDates)
    {
        var products = columns.Products.Count;
        var start = new int[products + 1];
        foreach (var product in columns.Product)
            start[product + 1]++;
        for (var p = 0; p < products; p++)
            start[p + 1] += start[p];
        var next = start[..products];
        var days = new int[columns.Rows];
        var perDay = new int[columns.LastDay - columns.FirstDay + 2];
        for (var c = 0; c + 1 < columns.CustomerStart.Length; c++)
        {
            for (var row = columns.CustomerStart[c]; row < columns.CustomerStart[c + 1]; row++)
            {
                days[next[columns.Product[row]]++] = columns.Day[row];
                if (row == columns.CustomerStart[c] || columns.Day[row] != columns.Day[row - 1])
                    perDay[columns.Day[row] - columns.FirstDay + 1]++;
            }
        }

        for (var p = 0; p < products; p++)
            days.AsSpan(start[p], start[p + 1] - start[p]).Sort();
        for (var d = 1; d < perDay.Length; d++)
            perDay[d] += perDay[d - 1];
        var milestones = new int[products * Parts];
        for (var p = 0; p < products; p++)
        {
            var sales = days.AsSpan(start[p], start[p + 1] - start[p]);
            for (var i = 0; i < Parts && sales.Length > 0; i++)
                milestones[(p * Parts) + i] = sales[Math.Min((i + 1) * PartLength(sales.Length), sales.Length) - 1];
        }

        return new SalesCalendar(start, days, milestones, perDay, columns.FirstDay, hasDates ? null : LatestSales.From(columns));
    }

    /// <summary>Baskets in [from, until) that held the product.</summary>
    public int Sales(int product, int from, int until) => Before(product, until) - Before(product, from);

    /// <summary>Baskets of all days that held the product.</summary>
    public int Sales(int product) => _start[product + 1] - _start[product];

    /// <summary>Whether any basket before the day held the product; without dates, any basket at all.</summary>
    public bool IsSoldBefore(int product, int day) => Days(product) is [var first, ..] && (!HasDates || first < day);

    /// <summary>Baskets before the day that held the product.</summary>
    public int Before(int product, int day)
    {
        var before = 0;
        Before(product, new ReadOnlySpan<int>(in day), new Span<int>(ref before));
        return before;
    }

    /// <summary>Baskets before each of the asked days that held the product.</summary>
    public void Before(int product, ReadOnlySpan<int> asked, Span<int> before)
    {
        var days = Days(product);
        before = before[..asked.Length];
        // The milestones, which lie together, tell the part to look into, so that few places far apart have to be read one after the other.
        var milestones = Vector512.Create(Milestones(product));
        var part = PartLength(days.Length);
        for (var i = 0; i < asked.Length; i++)
            before[i] = part * PartsBefore(milestones, asked[i]);
        // All searches take their steps together, so that none waits for another. Which half goes on cannot be foretold, so it is chosen by
        // arithmetic, without a branch; beyond the last day, which the last milestone has dealt with, it does not matter.
        for (var left = part - 1; left > 0;)
        {
            var half = (left + 1) >> 1;
            for (var i = 0; i < asked.Length; i++)
                before[i] += days[Math.Min(before[i] + half, days.Length) - 1] < asked[i] ? half : 0;
            left -= half;
        }

        foreach (ref var count in before)
            count = Math.Min(count, days.Length);
    }

    /// <summary>The days of all baskets that held the product, in order.</summary>
    public ReadOnlySpan<int> Days(int product) => _days.AsSpan(_start[product].._start[product + 1]);

    /// <summary>The share of the store's baskets in [from, until) that held the product; NaN when there were none.</summary>
    public float Share(int product, int from, int until)
    {
        var baskets = Baskets(from, until);
        return baskets == 0 ? float.NaN : (float)Sales(product, from, until) / baskets;
    }

    /// <summary>The store's baskets in [from, until).</summary>
    public int Baskets(int from, int until) => BasketsBefore(until) - BasketsBefore(from);

    private int BasketsBefore(int day) => _basketsUntilDay[(int)Math.Clamp((long)day - _firstDay, 0, _basketsUntilDay.Length - 1)];

    private ReadOnlySpan<int> Milestones(int product) => _milestones.AsSpan(product * Parts, Parts);

    private static int PartsBefore(Vector512<int> milestones, int day) =>
        BitOperations.PopCount(Vector512.LessThan(milestones, Vector512.Create(day)).ExtractMostSignificantBits());

    private static int PartLength(int days) => (days + Parts - 1) / Parts;

    private static bool Dated(PurchaseColumns columns)
    {
        var (customers, onFirstDay, returns, onNextDay) = (0, 0, 0, 0);
        for (var c = 0; c + 1 < columns.CustomerStart.Length; c++)
        {
            if (columns.CustomerStart[c] == columns.CustomerStart[c + 1])
                continue;
            customers++;
            if (columns.Day[columns.CustomerStart[c]] == columns.FirstDay)
                onFirstDay++;
            for (var row = columns.CustomerStart[c] + 1; row < columns.CustomerStart[c + 1]; row++)
            {
                var days = columns.Day[row] - columns.Day[row - 1];
                returns += days > 0 ? 1 : 0;
                onNextDay += days == 1 ? 1 : 0;
            }
        }

        // A canteen's customers may all be there on its first day, but not on every day after it.
        return onFirstDay < SequenceShare * customers || onNextDay < SequenceShare * returns;
    }
}
