using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// A history in which what serves one need is one product: groups, or else categories, in place of their products, so that heads of another
/// brand are heads, too. Products without either stay themselves.
/// </summary>
internal static class GroupColumns
{
    /// <summary>The number that every product has in the history by groups.</summary>
    public static int[] Items(PurchaseColumns all)
    {
        var next = all.Families.Count;
        return Array.ConvertAll(all.ProductFamily, group => group >= 0 ? group : next++);
    }

    /// <summary>Whether what counts as one product is a mere category: its products need not serve one need, nor take one consumable.</summary>
    public static bool IsCategory(PurchaseColumns all, int item) => item < all.Families.Count && !all.IsNeed(item);

    /// <summary>The history by groups. A group has its number among <see cref="PurchaseColumns.Families"/>, and products without one come after all groups.</summary>
    public static PurchaseColumns Of(PurchaseColumns all)
    {
        var item = Items(all);
        // A group may bear the name of a product.
        var ids = new IdIndex(
        [
            .. all.Families.List.Select(name => "group " + name),
            .. Enumerable.Range(0, item.Length).Where(p => all.ProductFamily[p] < 0).Select(p => "product " + all.Products[p]),
        ]);
        var start = Starts(all, item, ids.Count);
        var (day, product, quantity) = (new int[start[^1]], new int[start[^1]], new float[start[^1]]);
        var delivered = new int[all.HasDeliveries ? day.Length : 0];
        List<(int Item, int Row)> ofDay = [];
        var at = -1;
        for (var customer = 0; customer + 1 < start.Length; customer++)
        {
            for (var row = all.CustomerStart[customer]; row < all.CustomerStart[customer + 1]; row++)
            {
                ofDay.Add((item[all.Product[row]], row));
                if (row + 1 == all.CustomerStart[customer + 1] || all.Day[row + 1] != all.Day[row])
                    AddDay();
            }
        }

        var consumables = Consumables(all, item);
        return new PurchaseColumns(all.Customers, ids, start, day, product, quantity)
        {
            DeliveredDay = delivered,
            ProductCategory = all.HasGroups && all.HasCategories ? Categories(all, item, ids.Count) : [],
            Categories = all.HasGroups ? all.Categories : new IdIndex([]),
            ConsumableBase = Array.ConvertAll(consumables, pair => pair.Base),
            Consumable = Array.ConvertAll(consumables, pair => pair.Item),
        };

        void AddDay()
        {
            ofDay.Sort();
            for (var i = 0; i < ofDay.Count; i++)
            {
                var row = ofDay[i].Row;
                var isFirst = i == 0 || ofDay[i - 1].Item != ofDay[i].Item;
                at += isFirst ? 1 : 0;
                (day[at], product[at]) = (all.Day[row], ofDay[i].Item);
                quantity[at] += all.Quantity[row];
                // The need is met when the first of them arrives.
                if (all.HasDeliveries && all.DeliveredDay[row] is > 0 and var arrived && (delivered[at] == 0 || arrived < delivered[at]))
                    delivered[at] = arrived;
            }

            ofDay.Clear();
        }
    }

    // Counted before they are built, so that a log of a hundred million lines is not held twice.
    private static int[] Starts(PurchaseColumns all, int[] item, int items)
    {
        var start = new int[all.CustomerStart.Length];
        var lastDay = new (int Customer, int Day)[items];
        Array.Fill(lastDay, (-1, 0));
        for (var customer = 0; customer + 1 < start.Length; customer++)
        {
            start[customer + 1] = start[customer];
            for (var row = all.CustomerStart[customer]; row < all.CustomerStart[customer + 1]; row++)
            {
                ref var last = ref lastDay[item[all.Product[row]]];
                start[customer + 1] += last == (customer, all.Day[row]) ? 0 : 1;
                last = (customer, all.Day[row]);
            }
        }

        return start;
    }

    // A group is in the category of the first of its products that has one.
    private static int[] Categories(PurchaseColumns all, int[] item, int items)
    {
        var category = new int[items];
        Array.Fill(category, -1);
        for (var p = 0; p < item.Length; p++)
        {
            if (category[item[p]] < 0)
                category[item[p]] = all.ProductCategory[p];
        }

        return category;
    }

    // Who bought anything of the base product's category need not have the base product.
    private static (int Base, int Item)[] Consumables(PurchaseColumns all, int[] item) =>
    [
        .. all.ConsumableBase.Select((from, i) => (Base: item[from], Item: item[all.Consumable[i]]))
            .Where(pair => pair.Base != pair.Item && !IsCategory(all, pair.Base)).Distinct().Order(),
    ];
}
