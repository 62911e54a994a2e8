using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Evaluation;

/// <summary>Logs written as "customer product day" with days counted from 2026-01-01.</summary>
internal static class SmallLog
{
    public static readonly DateOnly Start = new(2026, 1, 1);

    public static PurchaseHistory Of(params string[] lines) => PurchaseHistory.From(lines.Select(line =>
    {
        var parts = line.Split(' ');
        return new OrderLine(parts[0], parts[1], Day(int.Parse(parts[2], null)).ToDateTime(TimeOnly.MinValue));
    }));

    public static DateOnly Day(int day) => Start.AddDays(day);
}
