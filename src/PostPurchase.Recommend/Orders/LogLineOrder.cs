namespace PostPurchase.Recommend.Orders;

/// <summary>
/// Orders the lines of one customer by product and day, purchases before returns, then by every other value: the order
/// of the input must not show in the history.
/// </summary>
internal readonly struct LogLineOrder(LogLineList lines) : IComparer<int>
{
    public int Compare(int x, int y)
    {
        ref readonly var a = ref lines[x];
        ref readonly var b = ref lines[y];
        var order = a.Product.CompareTo(b.Product);
        if (order == 0)
            order = a.Day.CompareTo(b.Day);
        if (order == 0)
            order = ((int)a.Kind).CompareTo((int)b.Kind);
        if (order == 0)
            order = a.Second.CompareTo(b.Second);
        if (order == 0)
            order = a.Order.CompareTo(b.Order);
        if (order == 0)
            order = a.Quantity.CompareTo(b.Quantity);
        if (order == 0)
            order = a.UnitPrice.CompareTo(b.UnitPrice);
        return order != 0 ? order : a.DeliveredDay.CompareTo(b.DeliveredDay);
    }
}
