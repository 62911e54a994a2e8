using System.Globalization;
using System.Text.Json.Nodes;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tool.Output;

/// <summary>What became of the lines of a log, for a person and for a program.</summary>
internal static class IngestSummary
{
    public static void Write(TextWriter writer, PurchaseHistory history, string? name = null)
    {
        var report = history.Report;
        if (name is not null)
            writer.Write($"{name}: ");
        Line($"{report.LinesRead:N0} lines read: {report.Accepted:N0} accepted, {report.Merged:N0} merged ({report.ExactDuplicates:N0} exact duplicates), {report.Returned:N0} returns, {report.Rejected:N0} rejected");
        foreach (var (reason, lines) in report.RejectedByReason.Where(pair => pair.Value > 0).OrderBy(pair => pair.Key))
            Line($"  {lines,12:N0}  {Name(reason)}");
        if (report.RejectedByReason.GetValueOrDefault(RejectionReason.Malformed) > 0)
        {
            foreach (var line in report.RejectedSamples.Where(line => line.Reason == RejectionReason.Malformed))
                Line($"  line {line.LineNumber}: {line.Detail.ReplaceLineEndings(" ")}");
        }

        Line($"{history.PurchaseCount:N0} purchases of {history.ProductCount:N0} products by {history.CustomerCount:N0} customers, {history.FirstDay:yyyy-MM-dd} to {history.LastDay:yyyy-MM-dd}");

        void Line(FormattableString text) => writer.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    public static JsonObject ToJson(PurchaseHistory history)
    {
        var report = history.Report;
        var rejected = new JsonObject();
        foreach (var (reason, lines) in report.RejectedByReason.OrderBy(pair => pair.Key))
            rejected[Name(reason).Replace(' ', '_')] = lines;
        return new JsonObject
        {
            ["lines_read"] = report.LinesRead,
            ["accepted"] = report.Accepted,
            ["merged"] = report.Merged,
            ["exact_duplicates"] = report.ExactDuplicates,
            ["returned"] = report.Returned,
            ["rejected"] = report.Rejected,
            ["rejected_by_reason"] = rejected,
            ["purchases"] = history.PurchaseCount,
            ["customers"] = history.CustomerCount,
            ["products"] = history.ProductCount,
            ["first_day"] = CsvOutput.Date(history.FirstDay),
            ["last_day"] = CsvOutput.Date(history.LastDay),
        };
    }

    private static string Name(RejectionReason reason) => reason switch
    {
        RejectionReason.GuestCheckout => "guest checkout",
        RejectionReason.NoProduct => "no product",
        RejectionReason.ExcludedProduct => "excluded product",
        RejectionReason.NoPrice => "no price",
        RejectionReason.UnmatchedReturn => "unmatched return",
        RejectionReason.OutsideRange => "outside range",
        _ => "malformed",
    };
}
