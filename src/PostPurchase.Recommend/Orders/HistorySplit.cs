namespace PostPurchase.Recommend.Orders;

/// <summary>Histories cut off in time, with the same customer and product numbers: the base of every honest split.</summary>
internal static class HistorySplit
{
    /// <summary>Only what lies before the day.</summary>
    public static PurchaseColumns Before(PurchaseColumns all, int day)
    {
        var cut = new int[all.Customers.Count];
        Array.Fill(cut, day);
        return Before(all, cut);
    }

    /// <summary>Only what lies before each customer's own day.</summary>
    public static PurchaseColumns Before(PurchaseColumns all, ReadOnlySpan<int> cutDay)
    {
        var start = new int[all.CustomerStart.Length];
        for (var c = 0; c < cutDay.Length; c++)
            start[c + 1] = start[c] + all.EndBefore(c, cutDay[c]) - all.CustomerStart[c];
        var rows = start[^1];
        var result = new PurchaseColumns(
            all.Customers, all.Products, start, Cut(all.Day), Cut(all.Product), Cut(all.Quantity))
        {
            UnitPrice = all.HasPrices ? Cut(all.UnitPrice) : [],
            DeliveredDay = all.HasDeliveries ? Cut(all.DeliveredDay) : [],
            ProductCategory = all.ProductCategory,
            Categories = all.Categories,
            ProductGroup = all.ProductGroup,
            Groups = all.Groups,
            GroupIsNeed = all.GroupIsNeed,
            ConsumableBase = all.ConsumableBase,
            Consumable = all.Consumable,
            Interactions = Before(all.Interactions, cutDay),
        };
        return result;

        T[] Cut<T>(T[] column)
        {
            var kept = new T[rows];
            for (var c = 0; c < start.Length - 1; c++)
                Array.Copy(column, all.CustomerStart[c], kept, start[c], start[c + 1] - start[c]);
            return kept;
        }
    }

    private static InteractionColumns Before(InteractionColumns all, ReadOnlySpan<int> cutDay)
    {
        if (all.Rows == 0)
            return all;
        var start = new int[all.CustomerStart.Length];
        List<int> kept = [];
        for (var c = 0; c < cutDay.Length; c++)
        {
            for (var row = all.CustomerStart[c]; row < all.CustomerStart[c + 1] && all.Day[row] < cutDay[c]; row++)
                kept.Add(row);
            start[c + 1] = kept.Count;
        }

        return new InteractionColumns(start, Pick(all.Day), Pick(all.Product), Pick(all.Kind), Pick(all.Count));

        T[] Pick<T>(T[] column)
        {
            var picked = new T[kept.Count];
            for (var i = 0; i < picked.Length; i++)
                picked[i] = column[kept[i]];
            return picked;
        }
    }
}
