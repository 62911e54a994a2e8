using PostPurchase.Recommend.Customers;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// A customer's visits before a day: the days with a purchase, whatever was bought. A workspace, reloaded for every customer.
/// </summary>
internal sealed class CustomerVisits
{
    private const double HalfLifeDays = 180;

    private int[] _day = new int[64];
    private readonly HashSet<int> _products = [];
    private PurchaseColumns? _columns;
    private int _customer = -1;

    public int AsOfDay { get; private set; }

    public int Count { get; private set; }

    /// <summary>Purchases of a product on a day.</summary>
    public int Lines { get; private set; }

    public int LinesOfLast { get; private set; }

    /// <summary>Different products.</summary>
    public int Products => _products.Count;

    /// <summary>The same purchases by replenishment group.</summary>
    public GroupPurchases Groups { get; } = new();

    /// <summary>The share of lines that were bought before, each counting half for every half-year since; as of nothing, one in four.</summary>
    public double RepeatShare { get; private set; }

    /// <summary>Products bought for the first time after the first visit, each counting half for every 90 days since (<see cref="NewProductRecord.HalfLifeDays"/>).</summary>
    public double NewAfterFirstVisit { get; private set; }

    public ReadOnlySpan<int> Days => _day.AsSpan(0, Count);

    public int FirstDay => _day[0];

    public int LastDay => _day[Count - 1];

    /// <summary>Days between the last two visits; zero with fewer.</summary>
    public int LastGap => Count > 1 ? _day[Count - 1] - _day[Count - 2] : 0;

    public void Load(PurchaseColumns columns, int customer, int asOfDay)
    {
        (AsOfDay, Count, Lines, LinesOfLast, NewAfterFirstVisit) = (asOfDay, 0, 0, 0, 0);
        (_columns, _customer) = (columns, customer);
        _products.Clear();
        var (start, end) = customer < 0 ? (0, 0) : (columns.CustomerStart[customer], columns.EndBefore(customer, asOfDay));
        Lines = end - start;
        Groups.Load(columns, start, end);
        var (repeats, all, weighed, weight) = (1.0, 4.0, -1, 0.0);
        for (var row = start; row < end; row++)
        {
            var day = columns.Day[row];
            if (Count == 0 || _day[Count - 1] != day)
            {
                if (Count == _day.Length)
                    Array.Resize(ref _day, 2 * Count);
                _day[Count++] = day;
                LinesOfLast = 0;
            }

            LinesOfLast++;
            if (day != weighed)
                (weighed, weight) = (day, Math.Pow(2, (day - asOfDay) / HalfLifeDays));
            all += weight;
            if (!_products.Add(columns.Product[row]))
                repeats += weight;
            else if (day > _day[0])
                NewAfterFirstVisit += weight * weight; // half of the half-life
        }

        RepeatShare = repeats / all;
    }

    /// <summary>The customer's first purchase of the product, alone, before the day asked about; no purchase when there is none.</summary>
    public PairPurchases FirstOf(int product)
    {
        if (_columns is null || Count == 0)
            return default;
        for (var row = _columns.CustomerStart[_customer]; row < _columns.CustomerStart[_customer + 1] && _columns.Day[row] < AsOfDay; row++)
        {
            if (_columns.Product[row] == product)
                return new PairPurchases(_columns, [row], 0, 1, AsOfDay);
        }

        return default;
    }

    /// <summary>The sum of what is known of the products bought before.</summary>
    public double SumOfBought(ReadOnlySpan<float> ofProducts)
    {
        var sum = 0.0;
        foreach (var product in _products)
            sum += ofProducts[product];
        return sum;
    }

    /// <summary>The number of visits on or after the day.</summary>
    public int Since(int day)
    {
        var found = Days.BinarySearch(day);
        return Count - (found >= 0 ? found : ~found);
    }

    /// <summary>The number of visits in [from, until).</summary>
    public int Between(int from, int until) => Since(from) - Since(until);

    /// <summary>The visits as the visit process sums them up.</summary>
    public VisitRecord Record()
    {
        var logGaps = 0.0;
        for (var i = 1; i < Count; i++)
            logGaps += Math.Log((_day[i] - _day[i - 1]) / CustomerRecords.DaysPerUnit);
        return new VisitRecord(
            Count - 1, (LastDay - FirstDay) / CustomerRecords.DaysPerUnit, (AsOfDay - FirstDay) / CustomerRecords.DaysPerUnit, logGaps);
    }

    /// <summary>Visits, each counting half for every half-life that has passed since.</summary>
    public double Decayed(double halfLifeDays)
    {
        var sum = 0.0;
        foreach (var day in Days)
            sum += Math.Pow(2, (day - AsOfDay) / halfLifeDays);
        return sum;
    }
}
