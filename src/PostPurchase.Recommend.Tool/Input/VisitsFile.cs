using System.Globalization;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tool.Input;

/// <summary>Logs that say who came when and not what for: <c>customer_id,date</c>.</summary>
internal static class VisitsFile
{
    private const string AnyProduct = "visit";

    /// <summary>Reads the file; a log that names products is one of visits too.</summary>
    public static PurchaseHistory Read(string path, IngestOptions ingest)
    {
        List<OrderLine> visits = [];
        CsvRows.Read(path, [CsvColumn.GuestOrCustomer, CsvColumn.Date, CsvColumn.Quantity], fields =>
        {
            ingest.Cancellation.ThrowIfCancellationRequested();
            if (!DateText.TryParse(fields[1], out var date))
                return $"'{fields[1]}' is no date";
            var quantity = 1.0;
            if (fields[2].Length > 0 && !(double.TryParse(fields[2], CultureInfo.InvariantCulture, out quantity) && double.IsFinite(quantity)))
                return $"quantity '{fields[2]}' is no finite number";
            visits.Add(new OrderLine(fields[0], AnyProduct, date.ToDateTime(TimeOnly.MinValue)) { Quantity = quantity });
            return null;
        });
        return PurchaseHistory.From(visits, ingest with { ReturnsCancel = false });
    }
}
