using System.Globalization;
using System.Text;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Orders;

public sealed class PlainRowTests
{
    private const string Header = "customer_id,product_id,timestamp,quantity,pack_size,unit_price,order_id,delivered_at,category,event_type\n";

    private static readonly string[] Customers = ["ann", "josé", "a customer with a long id", "", "7", "Łukasz-Ω-id-ü"];
    private static readonly string[] Products = ["soap", "ein Stück Seife", "x", "postage", "0123456789abcdef", "0123456789abcdefg", new string('y', 300)];
    private static readonly string[] Events = ["", "purchase", "view", "cart", "return"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Plain_and_awkward_texts_give_the_same_history(ulong seed)
    {
        var random = new SeededRandom(seed);
        var (plain, awkward, mixed) = (new StringBuilder(Header), new StringBuilder(Header), new StringBuilder(Header));
        for (var i = 0; i < 3_000; i++)
        {
            var day = new DateTime(2024, 1, 1).AddDays(random.Next(30)).AddSeconds(random.Next(3));
            var delivered = random.Next(3) == 0 ? day.AddDays(random.Next(5) - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
            var price = random.Next(20) == 0 ? 0 : random.Next(500) / 100d;
            var (customer, product, kind) = (Pick(Customers), Pick(Products), Pick(Events));
            var pack = random.Next(3) == 0 ? "" : (random.Next(40) / 8.0).ToString(CultureInfo.InvariantCulture);
            var (quantity, order, category) = (random.Next(12) - 2, random.Next(4) == 0 ? "" : $"o{random.Next(9)}", random.Next(2) == 0 ? "" : $"k{random.Next(3)}");
            var simple = FormattableString.Invariant(
                $"{customer},{product},{day:yyyy-MM-dd HH:mm:ss},{quantity},{pack},{price},{order},{delivered},{category},{kind}\n");
            var hard = FormattableString.Invariant(
                $" {customer} ,\"{product} \", {day:yyyy-MM-ddTHH:mm:ss.000},{quantity:+0;-0;0}.0 , {pack} ,{price:E6}, {order},{delivered} ,{category} ,{kind.ToUpperInvariant()} \n");
            plain.Append(simple);
            awkward.Append(hard);
            mixed.Append(random.Next(2) == 0 ? simple : hard);
        }

        var expected = Read(awkward);
        Same(expected, Read(plain));
        Same(expected, Read(mixed));

        string Pick(string[] texts) => texts[random.Next(texts.Length)];
    }

    [Fact]
    public void Text_that_is_no_utf8_is_refused_inside_an_id_too()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("customer_id,product_id,timestamp\na,b,2024-01-01\na"), 0xFF, .. Encoding.UTF8.GetBytes("c,b,2024-01-01\n")];
        using var stream = new MemoryStream(bytes);
        var thrown = Assert.Throws<MalformedInputException>(() => PurchaseHistory.FromCsv(stream, "orders.csv"));
        Assert.Equal((3L, "the text is not UTF-8"), (thrown.LineNumber, thrown.Reason));
    }

    private static PurchaseHistory Read(StringBuilder csv)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString()));
        return PurchaseHistory.FromCsv(stream, "orders.csv", new IngestOptions { ExcludeProducts = ["POST*"], Until = new DateOnly(2024, 1, 29) });
    }

    private static void Same(PurchaseHistory expected, PurchaseHistory actual)
    {
        SameColumns.Check(expected.Columns, actual.Columns);
        Assert.Equal(expected.Report.RejectedByReason, actual.Report.RejectedByReason);
        Assert.Equal(expected.Report.RejectedSamples, actual.Report.RejectedSamples);
        Assert.Equal(
            (expected.Report.LinesRead, expected.Report.Accepted, expected.Report.Merged, expected.Report.ExactDuplicates, expected.Report.Returned),
            (actual.Report.LinesRead, actual.Report.Accepted, actual.Report.Merged, actual.Report.ExactDuplicates, actual.Report.Returned));
    }
}
