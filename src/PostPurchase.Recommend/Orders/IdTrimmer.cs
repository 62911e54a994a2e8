namespace PostPurchase.Recommend.Orders;

/// <summary>
/// Leaves out customers and products that ended up with neither a purchase nor an interaction (all returned, or all beyond a cut), so that
/// numbers are dense, and assembles the columns. It renumbers products in the arrays it is given.
/// </summary>
internal sealed class IdTrimmer(string[] customerIds, string[] productIds)
{
    public PurchaseColumns Trim(
        int[] rowStart,
        int[] day,
        int[] product,
        float[] quantity,
        float[] price,
        int[] delivered,
        InteractionColumns interactions,
        int[] category,
        Func<int, string> categoryName,
        ProductCatalog? catalog)
    {
        var productUsed = new bool[productIds.Length];
        foreach (var p in product)
            productUsed[p] = true;
        foreach (var p in interactions.Product)
            productUsed[p] = true;
        var (keptProducts, productPlace) = Keep(productUsed);
        for (var i = 0; i < product.Length; i++)
            product[i] = productPlace[product[i]];
        for (var i = 0; i < interactions.Rows; i++)
            interactions.Product[i] = productPlace[interactions.Product[i]];

        var customerUsed = new bool[customerIds.Length];
        for (var c = 0; c < customerUsed.Length; c++)
        {
            customerUsed[c] = rowStart[c + 1] > rowStart[c]
                || (interactions.Rows > 0 && interactions.CustomerStart[c + 1] > interactions.CustomerStart[c]);
        }

        var (keptCustomers, _) = Keep(customerUsed);
        var (names, ofProduct) = Categories(keptProducts, category, categoryName);
        var products = new IdIndex(Pick(productIds, keptProducts));
        var consumables = Consumables(products, catalog);
        var (groups, groupOfProduct, groupIsNeed) = Groups(products, names, ofProduct, catalog);
        return new PurchaseColumns(
            new IdIndex(Pick(customerIds, keptCustomers)), products, Starts(rowStart, keptCustomers), day, product, quantity)
        {
            ConsumableBase = Array.ConvertAll(consumables, pair => pair.Base),
            Consumable = Array.ConvertAll(consumables, pair => pair.Product),
            UnitPrice = price,
            DeliveredDay = delivered,
            Categories = names,
            ProductCategory = ofProduct,
            Groups = groups,
            ProductGroup = groupOfProduct,
            GroupIsNeed = groupIsNeed,
            Interactions = interactions.Rows == 0
                ? interactions
                : interactions with { CustomerStart = Starts(interactions.CustomerStart, keptCustomers) },
        };
    }

    // A consumable nobody has bought yet has no number, and nothing to learn a gap from.
    private static (int Base, int Product)[] Consumables(IdIndex products, ProductCatalog? catalog) =>
    [
        .. Enumerable.Range(0, catalog is null ? 0 : products.Count)
            .SelectMany(p => (catalog!.Find(products[p])?.ConsumableIds ?? []).Select(id => (Base: p, Product: products.Find(id))))
            .Where(pair => pair.Product >= 0 && pair.Product != pair.Base).Distinct().Order(),
    ];

    // A product without a group is in its category; a category that bears the name of a group is that group.
    private static (IdIndex Names, int[] OfProduct, byte[] IsNeed) Groups(IdIndex products, IdIndex categories, int[] category, ProductCatalog? catalog)
    {
        string[] given = [.. Enumerable.Range(0, catalog is null ? 0 : products.Count).Select(p => catalog!.Find(products[p])?.ReplenishmentGroup ?? "")];
        var needs = given.Where(name => name.Length > 0).ToHashSet();
        if (needs.Count == 0)
            return (new IdIndex([]), [], []);
        string[] family = [.. given.Select((name, p) => name.Length > 0 || category.Length == 0 || category[p] < 0 ? name : categories[category[p]])];
        var names = new IdIndex([.. family.Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal)]);
        return (names, Array.ConvertAll(family, names.Find), [.. names.List.Select(name => needs.Contains(name) ? (byte)1 : (byte)0)]);
    }

    private static (int[] Kept, int[] Place) Keep(bool[] used)
    {
        List<int> kept = [];
        var place = new int[used.Length];
        for (var i = 0; i < used.Length; i++)
        {
            place[i] = kept.Count;
            if (used[i])
                kept.Add(i);
        }

        return ([.. kept], place);
    }

    private static string[] Pick(string[] all, int[] kept) => Array.ConvertAll(kept, i => all[i]);

    // A customer without rows starts where the next one starts, so leaving it out moves nothing.
    private static int[] Starts(int[] start, int[] kept) => [.. kept.Select(c => start[c]), start[^1]];

    private static (IdIndex Names, int[] OfProduct) Categories(int[] keptProducts, int[] category, Func<int, string> name)
    {
        var used = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var p in keptProducts)
        {
            if (category[p] >= 0)
                used.Add(name(category[p]));
        }

        var names = new IdIndex([.. used]);
        return used.Count == 0
            ? (names, [])
            : (names, Array.ConvertAll(keptProducts, p => category[p] < 0 ? -1 : names.Find(name(category[p]))));
    }
}
