using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Evaluation;

/// <summary>
/// What is asked as of one day: every customer and product bought on at least two days before it, the last one not too long ago.
/// Everything but <see cref="NextDay"/> stands on what lies before that day.
/// </summary>
internal sealed class ReplenishmentQueries
{
    private const int MostRecencyDays = 365;

    private readonly List<int> _customer = [];
    private readonly List<int> _product = [];
    private readonly List<int> _purchases = [];
    private readonly List<int> _firstDay = [];
    private readonly List<int> _lastDay = [];
    private readonly List<int> _nextDay = [];

    /// <summary>Collects what is asked as of a day about the products whose numbers lie below <paramref name="products"/>.</summary>
    public ReplenishmentQueries(PurchaseColumns log, PurchasePairs pairs, int day, int products)
    {
        Day = day;
        Products = new ProductGapStatistics(log.Products.Count);
        Rhythm = new RhythmStatistics(log, day);
        for (var customer = 0; customer < log.CustomerStart.Length - 1; customer++)
        {
            for (var pair = pairs.CustomerStart[customer]; pair < pairs.CustomerStart[customer + 1]; pair++)
            {
                if (pairs.Product[pair] < products)
                    AddPair(log, pairs, customer, pair);
            }
        }
    }

    /// <summary>The day of asking.</summary>
    public int Day { get; }

    public int Count => _customer.Count;

    public ProductGapStatistics Products { get; }

    public RhythmStatistics Rhythm { get; }

    public IReadOnlyList<int> Customer => _customer;

    public IReadOnlyList<int> Product => _product;

    /// <summary>On how many days the pair was bought.</summary>
    public IReadOnlyList<int> Purchases => _purchases;

    public IReadOnlyList<int> FirstDay => _firstDay;

    public IReadOnlyList<int> LastDay => _lastDay;

    /// <summary>The truth: the first purchase on or after the day of asking, or <see cref="int.MaxValue"/>.</summary>
    public IReadOnlyList<int> NextDay => _nextDay;

    /// <summary>Which queries came true within the horizon.</summary>
    public bool[] Happened(int horizonDays) => _nextDay.Select(next => next < Day + (long)horizonDays).ToArray();

    /// <summary>The pair's own mean gap in days.</summary>
    public double MeanGap(int query) => (double)(_lastDay[query] - _firstDay[query]) / (_purchases[query] - 1);

    private void AddPair(PurchaseColumns log, PurchasePairs pairs, int customer, int pair)
    {
        var (purchases, first, last, next) = (0, 0, 0, int.MaxValue);
        for (var entry = pairs.RowStart[pair]; entry < pairs.RowStart[pair + 1]; entry++)
        {
            var day = log.Day[pairs.Row[entry]];
            if (day >= Day)
            {
                next = day;
                break;
            }

            first = purchases++ == 0 ? day : first;
            last = day;
        }

        if (purchases == 0)
            return;
        Products.Add(pairs.Product[pair], purchases, first, last, Day);
        if (purchases < 2 || last < Day - MostRecencyDays)
            return;
        _customer.Add(customer);
        _product.Add(pairs.Product[pair]);
        _purchases.Add(purchases);
        _firstDay.Add(first);
        _lastDay.Add(last);
        _nextDay.Add(next);
    }
}
