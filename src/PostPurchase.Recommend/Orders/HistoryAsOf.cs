namespace PostPurchase.Recommend.Orders;

/// <summary>
/// Histories cut off in time and numbered anew: what reading nothing but the lines before the cut would have given. That a product, a
/// category or a customer will come to be must not be known either, or a list could be filled with products nobody has sold yet.
/// </summary>
internal static class HistoryAsOf
{
    /// <summary>What was known before each customer's own day.</summary>
    public static PurchaseHistory Before(PurchaseHistory history, ReadOnlySpan<int> cutDay)
    {
        var all = history.Columns;
        var cut = HistorySplit.Before(all, cutDay);
        var category = all.ProductCategory;
        if (!all.HasCategories)
        {
            category = new int[all.Products.Count];
            Array.Fill(category, -1);
        }

        // What no line before the cut says has no column.
        var columns = new IdTrimmer([.. all.Customers.Ids], [.. all.Products.Ids]).Trim(
            cut.CustomerStart,
            cut.Day,
            cut.Product,
            cut.Quantity,
            Array.Exists(cut.UnitPrice, price => price != 0) ? cut.UnitPrice : [],
            Array.Exists(cut.DeliveredDay, day => day != 0) ? cut.DeliveredDay : [],
            cut.Interactions.Rows > 0 ? cut.Interactions : InteractionColumns.None,
            category,
            number => all.Categories[number],
            history.Catalog);
        return new PurchaseHistory(columns, history.Report, history.Catalog);
    }
}
