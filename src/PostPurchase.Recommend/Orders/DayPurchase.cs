namespace PostPurchase.Recommend.Orders;

/// <summary>What a customer bought of a product on a day, while its lines are being merged.</summary>
internal struct DayPurchase
{
    public int Day;
    public int Product;
    public double Quantity;

    /// <summary><see cref="Quantity"/> before any return.</summary>
    public double Bought;
    public double PricedQuantity;
    public double Spent;
    public int DeliveredDay;

    public readonly float UnitPrice => PricedQuantity > 0 ? (float)(Spent / PricedQuantity) : 0;

    public void Add(in LogLine line)
    {
        Quantity += line.Quantity;
        Bought += line.Quantity;
        if (line.UnitPrice > 0)
        {
            PricedQuantity += line.Quantity;
            Spent += (double)line.Quantity * line.UnitPrice;
        }

        if (line.DeliveredDay > 0)
            DeliveredDay = DeliveredDay == 0 ? line.DeliveredDay : Math.Min(DeliveredDay, line.DeliveredDay);
    }
}
