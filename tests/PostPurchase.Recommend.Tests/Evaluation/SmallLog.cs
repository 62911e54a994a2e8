using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Evaluation;

/// <summary>Logs written as "customer product day", or "customer product day return", with days counted from 2026-01-01.</summary>
internal static class SmallLog
{
    public static readonly DateOnly Start = new(2026, 1, 1);

    public static PurchaseHistory Of(params string[] lines) => PurchaseHistory.From(lines.Select(Line));

    /// <summary>The log with the replenishment groups of some products.</summary>
    public static PurchaseHistory WithGroups(Dictionary<string, string> groups, params string[] lines) => PurchaseHistory.From(lines.Select(Line), new IngestOptions
    {
        Catalog = new ProductCatalog(groups.Select(group => new CatalogProduct(group.Key, null) { ReplenishmentGroup = group.Value })),
    });

    public static DateOnly Day(int day) => Start.AddDays(day);

    private static OrderLine Line(string line)
    {
        var parts = line.Split(' ');
        var bought = new OrderLine(parts[0], parts[1], Day(int.Parse(parts[2], null)).ToDateTime(TimeOnly.MinValue));
        return parts.Length > 3 ? bought with { Kind = InteractionKind.Return } : bought;
    }
}
