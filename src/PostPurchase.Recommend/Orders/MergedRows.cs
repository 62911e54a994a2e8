namespace PostPurchase.Recommend.Orders;

/// <summary>The rows of neighbouring customers after merging, and what became of their lines.</summary>
internal sealed class MergedRows
{
    public List<int> Day { get; } = [];

    public List<int> Product { get; } = [];

    public List<float> Quantity { get; } = [];

    public List<float> UnitPrice { get; } = [];

    public List<int> DeliveredDay { get; } = [];

    /// <summary>The number of rows so far after every customer.</summary>
    public List<int> RowEnd { get; } = [];

    public List<int> InteractionDay { get; } = [];

    public List<int> InteractionProduct { get; } = [];

    public List<byte> InteractionKind { get; } = [];

    public List<int> InteractionCount { get; } = [];

    /// <summary>The number of interactions so far after every customer.</summary>
    public List<int> InteractionEnd { get; } = [];

    /// <summary>What returns took off purchases of earlier days, customer by customer.</summary>
    public List<TakenBack> TakenBack { get; } = [];

    /// <summary>The numbers of lines that took back what was never bought.</summary>
    public List<uint> UnmatchedReturns { get; } = [];

    public bool HasPrices { get; private set; }

    public bool HasDeliveries { get; private set; }

    public long Accepted { get; set; }

    public long Merged { get; set; }

    public long Duplicates { get; set; }

    public long Returned { get; set; }

    public void Add(in DayPurchase purchase)
    {
        var price = purchase.UnitPrice;
        Day.Add(purchase.Day);
        Product.Add(purchase.Product);
        Quantity.Add((float)purchase.Quantity);
        UnitPrice.Add(price);
        DeliveredDay.Add(purchase.DeliveredDay);
        HasPrices |= price != 0;
        HasDeliveries |= purchase.DeliveredDay != 0;
    }

    /// <summary>Adds an interaction, or counts one more of the last row when it says the same; returns whether it did.</summary>
    public bool AddInteraction(in LogLine line, bool isSame)
    {
        if (isSame)
        {
            InteractionCount[^1]++;
            return true;
        }

        InteractionDay.Add(line.Day);
        InteractionProduct.Add(line.Product);
        InteractionKind.Add((byte)line.Kind);
        InteractionCount.Add(1);
        return false;
    }

    public void EndCustomer()
    {
        RowEnd.Add(Day.Count);
        InteractionEnd.Add(InteractionDay.Count);
    }

    /// <summary>Gives back what the lists hold in advance.</summary>
    public void Trim()
    {
        foreach (var column in new[] { Day, Product, DeliveredDay })
            column.TrimExcess();
        Quantity.TrimExcess();
        UnitPrice.TrimExcess();
        TakenBack.TrimExcess();
    }
}
