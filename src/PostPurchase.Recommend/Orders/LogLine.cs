namespace PostPurchase.Recommend.Orders;

/// <summary>One readable line of the log, ids replaced by numbers: what the builder keeps until all lines are in, in 40 bytes.</summary>
internal struct LogLine : IComparable<LogLine>
{
    private const int SecondBits = 17;
    private const double LeastPackSize = 1e-6;

    public int Customer;
    public int Product;
    public int Day;
    public uint LineNumber;

    /// <summary>The order's <see cref="OrderHash"/>.</summary>
    public ulong Order;
    public float Quantity;
    public float UnitPrice;
    public int DeliveredDay;
    private int _kindAndSecond;

    public readonly InteractionKind Kind => (InteractionKind)(_kindAndSecond >> SecondBits);

    public readonly bool IsReturn => Kind == InteractionKind.Return;

    public static uint Shorten(long lineNumber) => (uint)Math.Min(lineNumber, uint.MaxValue);

    /// <summary>Whether a number can be a pack size.</summary>
    public static bool IsPackSize(double packSize) => packSize is >= LeastPackSize and <= HistoryBuilder.LargestNumber;

    /// <summary>Turns the quantity of packs and the price of one into those of what the packs hold.</summary>
    public void Unpack(double packSize)
    {
        Quantity = (float)(Quantity * packSize);
        UnitPrice = (float)(UnitPrice / packSize);
    }

    /// <summary>Sets the kind and the seconds since midnight, which tell two orders of a day apart where there is no order id.</summary>
    public void SetKind(InteractionKind kind, int second) => _kindAndSecond = ((int)kind << SecondBits) | second;

    /// <summary>Whether the two lines, of one customer, product and day, say the same of the same order.</summary>
    public readonly bool Repeats(in LogLine other) =>
        Order != 0 && Order == other.Order && _kindAndSecond == other._kindAndSecond && Quantity == other.Quantity
        && UnitPrice == other.UnitPrice && DeliveredDay == other.DeliveredDay;

    /// <summary>
    /// Orders the lines of one customer, product and day: purchases before returns, then by every other value. The order of the input
    /// must not show in the history.
    /// </summary>
    public readonly int CompareTo(LogLine other)
    {
        var order = _kindAndSecond.CompareTo(other._kindAndSecond);
        if (order == 0)
            order = Order.CompareTo(other.Order);
        if (order == 0)
            order = Quantity.CompareTo(other.Quantity);
        if (order == 0)
            order = UnitPrice.CompareTo(other.UnitPrice);
        return order != 0 ? order : DeliveredDay.CompareTo(other.DeliveredDay);
    }
}
