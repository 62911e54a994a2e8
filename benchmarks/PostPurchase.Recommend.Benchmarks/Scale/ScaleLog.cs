using System.Globalization;
using System.IO.Compression;
using PostPurchase.Recommend.Orders;
using PostPurchase.Samples;

namespace PostPurchase.Recommend.Benchmarks.Scale;

/// <summary>
/// Writes a simulated log of about so many lines: customers and products grow with the lines, a year of about twenty lines a customer.
/// The customers are drawn one at a time and their lines strewn over files of a month each, which together are one gzip file of as many
/// members: a log in order of months, whatever its length, for the memory of one customer.
/// </summary>
internal static class ScaleLog
{
    private const int Days = 365;
    private const double LinesPerCustomer = 22.8;
    private const int ProductFamilies = 72;
    private const int MostCustomers = 5_000_000;
    private const int MostProducts = 500_000;
    private const int LinesPerProduct = 200;

    public static void Write(string path, long lines)
    {
        var customers = (int)Math.Clamp(lines / LinesPerCustomer, 100, MostCustomers);
        var store = SimulatedStore.Create(new SimulatedStoreOptions
        {
            Customers = customers,
            // Past the most customers the years get longer, not the customers more.
            Days = (int)Math.Max(Days, Days * lines / (LinesPerCustomer * customers)),
            Brands = (int)Math.Clamp(lines / LinesPerProduct, ProductFamilies, MostProducts) / ProductFamilies,
        });
        var months = new string[13 * Math.Max(1, store.Options.Days / Days)];
        for (var month = 0; month < months.Length; month++)
            months[month] = FormattableString.Invariant($"{path}.{month}");
        try
        {
            WriteMonths(store, months);
            using var log = File.Create(path);
            foreach (var month in months)
            {
                using var part = File.OpenRead(month);
                part.CopyTo(log);
            }
        }
        finally
        {
            foreach (var month in months)
                File.Delete(month);
        }
    }

    private static void WriteMonths(SimulatedStore store, string[] months)
    {
        var writers = Array.ConvertAll(
            months, month => new StreamWriter(new GZipStream(File.Create(month), CompressionLevel.Fastest), bufferSize: 1 << 16) { NewLine = "\n" });
        try
        {
            writers[0].WriteLine("customer_id,product_id,timestamp,quantity,unit_price,order_id,category");
            var start = store.Options.FirstDay.ToDateTime(TimeOnly.MinValue);
            foreach (var line in store.LinesByCustomer)
            {
                var month = (int)((line.PlacedAt - start).TotalDays * months.Length / (store.Options.Days + 1));
                Write(writers[Math.Clamp(month, 0, months.Length - 1)], line);
            }
        }
        finally
        {
            foreach (var writer in writers)
                writer.Dispose();
        }
    }

    private static void Write(StreamWriter writer, in OrderLine line)
    {
        Span<char> row = stackalloc char[256];
        if (!row.TryWrite(
            CultureInfo.InvariantCulture,
            $"{line.CustomerId},{line.ProductId},{line.PlacedAt:yyyy-MM-dd HH:mm:ss},{line.Quantity},{line.UnitPrice},{line.OrderId},{line.Category}",
            out var length))
        {
            throw new InvalidOperationException("A simulated line is longer than any should be.");
        }

        writer.WriteLine(row[..length]);
    }
}
