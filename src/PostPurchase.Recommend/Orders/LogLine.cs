namespace PostPurchase.Recommend.Orders;

/// <summary>One readable line of the log, ids replaced by numbers: what the builder keeps until all lines are in.</summary>
internal struct LogLine
{
    public int Customer;
    public int Product;
    public int Day;

    /// <summary>Seconds since midnight, to tell two orders of a day apart where there is no order id.</summary>
    public int Second;

    /// <summary>A 64-bit hash of the order id, zero without one: telling orders apart needs no text.</summary>
    public ulong Order;
    public float Quantity;
    public float UnitPrice;
    public int DeliveredDay;
    public uint LineNumber;
    public InteractionKind Kind;

    public readonly bool IsReturn => Kind == InteractionKind.Return;

    /// <summary>Whether the two lines say the same of the same order.</summary>
    public readonly bool Repeats(in LogLine other) =>
        Order != 0 && Order == other.Order && Second == other.Second && Quantity == other.Quantity
        && UnitPrice == other.UnitPrice && DeliveredDay == other.DeliveredDay;
}
