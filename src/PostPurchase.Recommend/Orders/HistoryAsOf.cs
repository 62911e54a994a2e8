namespace PostPurchase.Recommend.Orders;

/// <summary>
/// Histories cut off in time and numbered anew: what reading nothing but the lines before the cut would have given. That a product, a
/// category or a customer will come to be must not be known either, or a list could be filled with products nobody has sold yet; nor
/// that something bought will come back.
/// </summary>
internal static class HistoryAsOf
{
    /// <summary>What was known before each customer's own day; all that is known of customers without one.</summary>
    public static PurchaseHistory Before(PurchaseHistory history, IReadOnlyDictionary<string, DateOnly> asOf) =>
        Before(history, customerId => asOf.TryGetValue(customerId, out var day) ? day.DayNumber : int.MaxValue);

    /// <summary>What was known before the day.</summary>
    public static PurchaseHistory Before(PurchaseHistory history, DateOnly day) => Before(history, _ => day.DayNumber);

    /// <summary>All purchases as they were at the end of their day, whatever came back later.</summary>
    public static PurchaseHistory AsSold(PurchaseHistory history) =>
        history.Returned is { } returned ? Assemble(history, returned.Undo(history.Columns, _ => 0), null) : history;

    private static PurchaseHistory Before(PurchaseHistory history, Func<string, int> cutDay)
    {
        var all = history.Returned?.Undo(history.Columns, cutDay) ?? history.Columns;
        var cut = HistorySplit.Before(all, [.. all.Customers.List.Select(cutDay)]);
        return Assemble(history, cut, history.Returned?.Before(cutDay));
    }

    // What no line before the cut says has no column.
    private static PurchaseHistory Assemble(PurchaseHistory history, PurchaseColumns cut, ReturnedPurchases? returned)
    {
        var category = cut.ProductCategory;
        if (!cut.HasCategories)
        {
            category = new int[cut.Products.Count];
            Array.Fill(category, -1);
        }

        var columns = new IdTrimmer([.. cut.Customers.Ids], [.. cut.Products.Ids]).Trim(
            cut.CustomerStart,
            cut.Day,
            cut.Product,
            cut.Quantity,
            Array.Exists(cut.UnitPrice, price => price != 0) ? cut.UnitPrice : [],
            Array.Exists(cut.DeliveredDay, day => day != 0) ? cut.DeliveredDay : [],
            cut.Interactions.Rows > 0 ? cut.Interactions : InteractionColumns.None,
            category,
            number => cut.Categories[number],
            history.Catalog);
        return new PurchaseHistory(columns, history.Report, history.Catalog, returned);
    }
}
