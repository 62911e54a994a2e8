using System.Globalization;
using System.IO.Compression;

namespace PostPurchase.Samples;

/// <summary>Writes order lines with the columns that the <c>postpurchase</c> tool reads.</summary>
internal static class OrderLineCsv
{
    public static void Write(string path, IEnumerable<OrderLine> lines)
    {
        using var file = File.Create(path);
        using Stream packed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionLevel.Fastest)
            : file;
        using var writer = new StreamWriter(packed) { NewLine = "\n" };
        writer.WriteLine("customer_id,product_id,timestamp,quantity,unit_price,order_id,delivered_at,category");
        foreach (var line in lines)
            writer.WriteLine(Row(line));
    }

    // No id, name or category of the simulated store holds a comma or a quote, so nothing needs quoting.
    private static string Row(OrderLine line) => string.Create(
        CultureInfo.InvariantCulture,
        $"{line.CustomerId},{line.ProductId},{line.PlacedAt:yyyy-MM-dd HH:mm:ss},{line.Quantity},{line.UnitPrice},{line.OrderId},{line.DeliveredAt:yyyy-MM-dd HH:mm:ss},{line.Category}");
}
