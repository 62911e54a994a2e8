using System.Globalization;
using PostPurchase.Recommend;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.QuickStart;

/// <summary>What the model says, for a person to read.</summary>
internal static class Report
{
    private const int MostDueShown = 10;

    /// <summary>What became of every line that was read.</summary>
    public static void Ingest(PurchaseHistory history)
    {
        var report = history.Report;
        Say($"{report.LinesRead:N0} lines = {report.Accepted:N0} accepted + {report.Merged:N0} merged ({report.ExactDuplicates:N0} exact duplicates) + {report.Returned:N0} returns + {report.Rejected:N0} left out");
        foreach (var (reason, lines) in report.RejectedByReason.Where(r => r.Value > 0).OrderByDescending(r => r.Value))
            Say($"  left out, {Words(reason)}: {lines:N0}");
        Say($"{history.CustomerCount:N0} customers, {history.ProductCount:N0} products, {history.PurchaseCount:N0} purchases from {history.FirstDay:O} to {history.LastDay:O}");
    }

    /// <summary>The customer with the most due purchases to expect, whose list is worth looking at; null when nothing is due.</summary>
    public static string? BusiestCustomer(IEnumerable<DuePurchase> due) =>
        due.GroupBy(d => d.CustomerId).OrderByDescending(g => g.Sum(d => d.Probability)).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;

    /// <summary>What one customer will want, and why.</summary>
    public static void List(IRecommender model, string customerId, DateOnly asOf)
    {
        Say($"\nWhat {customerId} will want at a visit on {asOf:O}:");
        foreach (var item in model.Recommend(new() { CustomerId = customerId, AsOf = asOf }).Items)
        {
            var forecast = model.Forecast(customerId, item.ProductId, asOf);
            var when = forecast.Evidence == Evidence.Own ? $"; due {forecast.DueDate:O}" : "";
            Say($"  {item.Probability,6:P1}  {item.ProductId}: {item.Reason}{when}");
        }
    }

    /// <summary>What falls due inside the window, the most probable first.</summary>
    public static void Due(IReadOnlyCollection<DuePurchase> due, DateWindow window)
    {
        var customers = due.Select(d => d.CustomerId).Distinct().Count();
        Say($"\nDue next week, {window}: {due.Count:N0} purchases of {customers:N0} customers, {due.Sum(d => d.Probability):N0} of them expected to happen");
        foreach (var one in due.OrderByDescending(d => d.Probability).ThenBy(d => d.CustomerId, StringComparer.Ordinal).Take(MostDueShown))
            Say($"  {one.Probability,6:P1}  {one.CustomerId} {one.ProductId}: due {one.DueDate:O}, 80 % window {one.Window}");
    }

    private static string Words(RejectionReason reason) => reason switch
    {
        RejectionReason.GuestCheckout => "guest checkouts",
        RejectionReason.NoProduct => "no product",
        RejectionReason.ExcludedProduct => "excluded products",
        RejectionReason.NoPrice => "price zero or below",
        RejectionReason.UnmatchedReturn => "returns of nothing in the log",
        RejectionReason.OutsideRange => "outside the range of dates",
        _ => "malformed",
    };

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
