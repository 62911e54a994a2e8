using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>What one customer bought of one product before a day, in order of days.</summary>
internal readonly struct PairPurchases
{
    private readonly PurchaseColumns _columns;
    private readonly int[] _row;
    private readonly int _first;
    private readonly int _asOfDay;

    public PairPurchases(PurchaseColumns columns, PurchasePairs pairs, int pair, int asOfDay)
        : this(columns, pairs.Row, pairs.RowStart[pair], pairs.RowStart[pair + 1], asOfDay)
    {
    }

    /// <summary>The purchases in the rows that <paramref name="row"/> lists from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    public PairPurchases(PurchaseColumns columns, int[] row, int first, int end, int asOfDay)
    {
        _columns = columns;
        _row = row;
        _first = first;
        _asOfDay = asOfDay;
        while (end > first && columns.Day[row[end - 1]] >= asOfDay)
            end--;
        Count = end - first;
    }

    public int Count { get; }

    public int Day(int i) => _columns.Day[_row[_first + i]];

    public double LogQuantity(int i) => Math.Log(_columns.Quantity[_row[_first + i]]);

    /// <summary>The day the purchase came into use: that of its delivery when known, if the next purchase did not come first.</summary>
    public int UseDay(int i)
    {
        var bought = Day(i);
        var delivered = DeliveredDay(i);
        var next = i + 1 < Count ? Day(i + 1) : _asOfDay;
        return delivered > bought ? Math.Min(delivered, Math.Max(bought, next - 1)) : bought;
    }

    /// <summary>
    /// Days since the last purchase came into use, below zero while it is on its way. One that is not known to have been delivered is expected
    /// after <see cref="DeliveryDays"/>.
    /// </summary>
    public double DaysWaited(double usualDeliveryDays)
    {
        var last = Count - 1;
        return !_columns.HasDeliveries || DeliveredDay(last) > 0 ? Gap(last) : _asOfDay - (Day(last) + DeliveryDays(usualDeliveryDays));
    }

    /// <summary>The days that a delivery takes: those of the purchases before the last one, the store's usual days counting as one of them.</summary>
    public double DeliveryDays(double usualDeliveryDays)
    {
        if (!_columns.HasDeliveries)
            return 0;
        var days = usualDeliveryDays;
        for (var i = 0; i < Count - 1; i++)
            days += UseDay(i) - Day(i);
        return days / Count;
    }

    /// <summary>Days from use to the next purchase, or to the day asked about when there is none yet.</summary>
    public double Gap(int i) => (i + 1 < Count ? Day(i + 1) : _asOfDay) - UseDay(i);

    /// <summary>The logarithm of the gap, as if the customer's usual quantity had been bought.</summary>
    public double LogGap(int i, double quantityExponent, double usualLogQuantity)
    {
        var logGap = Math.Log(Math.Max(0.5, Gap(i)));
        return quantityExponent == 0 ? logGap : logGap - (quantityExponent * (LogQuantity(i) - usualLogQuantity));
    }

    /// <summary>The logarithm of the quantity the customer usually buys.</summary>
    public double UsualLogQuantity()
    {
        var sum = 0.0;
        for (var i = 0; i < Count; i++)
            sum += LogQuantity(i);
        return sum / Math.Max(1, Count);
    }

    // Looking back, the log tells of deliveries that nobody knew of on the day asked about.
    private int DeliveredDay(int i) =>
        _columns.HasDeliveries && _columns.DeliveredDay[_row[_first + i]] is var day && day < _asOfDay ? day : 0;
}
