using System.Globalization;
using System.IO.Compression;
using PostPurchase.Recommend.Customers;

namespace PostPurchase.Recommend.Tests.Customers;

/// <summary>A public log of dates (and dollars), summed up per customer until a day, with the number of visits after it.</summary>
internal sealed class ElogFile
{
    public const string Cdnow = "customer-level/cdnow_sample.csv.gz";
    public const string Grocery = "customer-level/grocery_elog.csv.gz";
    private readonly int[] _later;

    public ElogFile(string file, DateOnly lastDay, DateOnly lastLaterDay, int decimals = 15)
    {
        List<VisitRecord> records = [];
        List<int> later = [];
        foreach (var customer in Read(file).GroupBy(line => line.Customer))
        {
            var days = customer.Select(line => line.Day).Distinct().Order().ToArray();
            var known = days.Where(day => day <= lastDay.DayNumber).ToArray();
            if (known.Length == 0)
                continue;
            records.Add(new VisitRecord(
                known.Length - 1,
                Math.Round((known[^1] - known[0]) / 7.0, decimals),
                Math.Round((lastDay.DayNumber - known[0]) / 7.0, decimals),
                known.Skip(1).Zip(known, (next, day) => Math.Log((next - day) / 7.0)).Sum()));
            later.Add(days.Count(day => day > lastDay.DayNumber && day <= lastLaterDay.DayNumber));
        }

        (Records, _later) = ([.. records], [.. later]);
    }

    public VisitRecord[] Records { get; }

    public double MeanAbsoluteError(IEnumerable<double> expected) => expected.Zip(_later, (e, l) => Math.Abs(e - l)).Average();

    public static SpendRecord[] RepeatSpend(DateOnly lastDay) =>
    [
        .. from customer in Read(Cdnow).Where(line => line.Day <= lastDay.DayNumber).GroupBy(line => line.Customer)
           let first = customer.Min(line => line.Day)
           let orders = customer.Where(line => line.Day > first).GroupBy(line => line.Day).Select(day => day.Sum(line => line.Dollars)).ToArray()
           where orders.Length > 0 && orders.Average() > 0
           select new SpendRecord(orders.Length, orders.Average()),
    ];

    private static List<(string Customer, int Day, double Dollars)> Read(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Repository.Data, file)), CompressionMode.Decompress));
        var header = reader.ReadLine()!.Split(',');
        var (customer, date, dollars) = (Array.IndexOf(header, "customer_id"), Array.IndexOf(header, "date"), Array.IndexOf(header, "dollars"));
        List<(string, int, double)> lines = [];
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            lines.Add((
                fields[customer],
                DateOnly.ParseExact(fields[date], "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber,
                dollars < 0 ? 0 : double.Parse(fields[dollars], CultureInfo.InvariantCulture)));
        }

        return lines;
    }
}
