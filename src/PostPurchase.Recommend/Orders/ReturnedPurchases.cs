using System.Runtime.InteropServices;

namespace PostPurchase.Recommend.Orders;

/// <summary>
/// What returns took off a history, so that a cut in time can give it back: on a day before the return the purchase had been made, and
/// nobody knew more. Ids and categories are those of all lines, as a product or a customer may be gone with its last purchase.
/// </summary>
internal sealed class ReturnedPurchases(string[] customerIds, string[] productIds, string?[] categoryOfProduct, TakenBack[] rows)
{
    /// <summary>What returns before each customer's own day took off, or nothing at all.</summary>
    public ReturnedPurchases? Before(Func<string, int> cutDay)
    {
        TakenBack[] kept = [.. rows.Where(row => row.ReturnDay < cutDay(customerIds[row.Customer]))];
        return kept.Length == 0 ? null : new ReturnedPurchases(customerIds, productIds, categoryOfProduct, kept);
    }

    /// <summary>Undoes the returns on or after each customer's own day. The columns have numbers of all ids, and leave out what a catalogue says.</summary>
    public PurchaseColumns Undo(PurchaseColumns columns, Func<string, int> cutDay)
    {
        var products = new IdIndex(productIds);
        var place = columns.Products.List.Select(products.Find).ToArray();
        var number = customerIds.Select(columns.Customers.Find).ToArray();
        var merged = new MergedRows();
        List<DayPurchase> own = [];
        var next = 0;
        for (var customer = 0; customer < number.Length; customer++)
        {
            own.Clear();
            if (number[customer] is >= 0 and var known)
                AddKept(own, columns, known, place);
            var (kept, cut) = (own.Count, cutDay(customerIds[customer]));
            for (; next < rows.Length && rows[next].Customer == customer; next++)
            {
                if (rows[next].ReturnDay >= cut)
                    own.Add(Purchase(rows[next].Day, rows[next].Product, rows[next].Quantity, rows[next].UnitPrice, rows[next].DeliveredDay));
            }

            if (own.Count > kept)
                MergeDays(own);
            foreach (ref readonly var purchase in CollectionsMarshal.AsSpan(own))
                merged.Add(purchase);
            merged.EndCustomer();
        }

        var categories = new IdIndex([.. categoryOfProduct.OfType<string>().Distinct().Order(StringComparer.Ordinal)]);
        return new PurchaseColumns(
            new IdIndex(customerIds), products, [0, .. merged.RowEnd], [.. merged.Day], [.. merged.Product], [.. merged.Quantity])
        {
            UnitPrice = merged.HasPrices ? [.. merged.UnitPrice] : [],
            DeliveredDay = merged.HasDeliveries ? [.. merged.DeliveredDay] : [],
            Categories = categories,
            ProductCategory = categories.Count == 0 ? [] : Array.ConvertAll(categoryOfProduct, name => name is null ? -1 : categories.Find(name)),
            Interactions = Renumber(columns.Interactions, number, place),
        };
    }

    private static void AddKept(List<DayPurchase> own, PurchaseColumns columns, int customer, int[] place)
    {
        for (var row = columns.CustomerStart[customer]; row < columns.CustomerStart[customer + 1]; row++)
        {
            own.Add(Purchase(
                columns.Day[row],
                place[columns.Product[row]],
                columns.Quantity[row],
                columns.HasPrices ? columns.UnitPrice[row] : 0,
                columns.HasDeliveries ? columns.DeliveredDay[row] : 0));
        }
    }

    private static DayPurchase Purchase(int day, int product, float quantity, float unitPrice, int deliveredDay) => new()
    {
        Day = day,
        Product = product,
        Quantity = quantity,
        PricedQuantity = 1,
        Spent = unitPrice,
        DeliveredDay = deliveredDay,
    };

    /// <summary>Puts purchases in order and the parts of one together; they have one price and one delivery.</summary>
    private static void MergeDays(List<DayPurchase> own)
    {
        own.Sort((a, b) => CustomerLines.Key(a.Day, a.Product).CompareTo(CustomerLines.Key(b.Day, b.Product)));
        var purchases = CollectionsMarshal.AsSpan(own);
        var last = 0;
        for (var i = 1; i < purchases.Length; i++)
        {
            if (purchases[i].Day == purchases[last].Day && purchases[i].Product == purchases[last].Product)
                purchases[last].Quantity += purchases[i].Quantity;
            else
                purchases[++last] = purchases[i];
        }

        own.RemoveRange(last + 1, own.Count - last - 1);
    }

    private static InteractionColumns Renumber(InteractionColumns interactions, int[] number, int[] place)
    {
        if (interactions.Rows == 0)
            return InteractionColumns.None;
        var start = new int[number.Length + 1];
        for (var customer = 0; customer < number.Length; customer++)
            start[customer + 1] = number[customer] < 0 ? start[customer] : interactions.CustomerStart[number[customer] + 1];
        return interactions with { CustomerStart = start, Product = Array.ConvertAll(interactions.Product, product => place[product]) };
    }
}
