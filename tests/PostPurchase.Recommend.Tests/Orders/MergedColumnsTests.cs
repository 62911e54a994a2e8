using System.Globalization;
using System.Text;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Orders;

/// <summary>All columns of a history of several blocks of customers against grouping the lines by hand, from lines and from text alike.</summary>
public sealed class MergedColumnsTests
{
    private static readonly DateTime Start = new(2024, 1, 1);
    private static readonly IngestOptions Free = new() { KeepFreeLines = true };

    [Fact]
    public void Columns_are_those_of_grouping_the_lines_by_hand()
    {
        var lines = Lines();
        var columns = PurchaseHistory.From(lines, Free).Columns;

        Assert.Equal(lines.Select(l => l.CustomerId).Distinct().Order(StringComparer.Ordinal), columns.Customers.List);
        Assert.Equal(lines.Select(l => l.ProductId).Distinct().Order(StringComparer.Ordinal), columns.Products.List);
        var rows = lines.Where(l => l.Kind == InteractionKind.Purchase).GroupBy(l => (l.CustomerId, Day: DayOf(l.PlacedAt), l.ProductId))
            .OrderBy(g => g.Key.CustomerId, StringComparer.Ordinal).ThenBy(g => g.Key.Day).ThenBy(g => g.Key.ProductId, StringComparer.Ordinal).ToArray();
        Assert.Equal(rows.Select(g => g.Key), Enumerable.Range(0, columns.Rows).Select(row => (CustomerOf(columns.CustomerStart, row), columns.Day[row], columns.Products[columns.Product[row]])));
        Assert.Equal(rows.Select(g => (float)g.Sum(l => l.Quantity)), columns.Quantity);
        Assert.Equal(
            rows.Select(g => g.Where(l => l.UnitPrice > 0).ToArray() is { Length: > 0 } priced ? (float)(priced.Sum(l => l.Quantity * l.UnitPrice!.Value) / priced.Sum(l => l.Quantity)) : 0),
            columns.UnitPrice);
        Assert.Equal(rows.Select(g => g.Where(l => l.DeliveredAt is not null).Select(l => Math.Max(g.Key.Day, DayOf(l.DeliveredAt!.Value))).DefaultIfEmpty(0).Min()), columns.DeliveredDay);

        var looks = columns.Interactions;
        var acts = lines.Where(l => l.Kind != InteractionKind.Purchase).GroupBy(l => (l.CustomerId, Day: DayOf(l.PlacedAt), l.ProductId, l.Kind)).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(acts, Enumerable.Range(0, looks.Rows).ToDictionary(
            row => (CustomerOf(looks.CustomerStart, row), looks.Day[row], columns.Products[looks.Product[row]], (InteractionKind)looks.Kind[row]), row => looks.Count[row]));
        Assert.Equal(
            columns.Products.List.Select(p => lines.Where(l => l.ProductId == p && l.Category is not null).Select(l => l.Category).Min(StringComparer.Ordinal)),
            columns.ProductCategory.Select(c => c < 0 ? null : columns.Categories[c]));

        string CustomerOf(int[] start, int row) => columns.Customers[Array.FindLastIndex(start, first => first <= row)];
    }

    [Fact]
    public void A_log_read_from_text_is_the_one_given_as_lines()
    {
        var lines = Lines();
        var text = new StringBuilder("customer_id,product_id,timestamp,quantity,unit_price,delivered_at,category,event_type\n");
        foreach (var (line, i) in lines.Select((line, i) => (line, i)))
        {
            // Every third in quotes, which takes another way through the reader.
            var q = i % 3 == 0 ? "\"" : "";
            text.Append(CultureInfo.InvariantCulture, $"{q}{line.CustomerId}{q},{line.ProductId},{line.PlacedAt:yyyy-MM-ddTHH:mm:ss},{line.Quantity},{line.UnitPrice},")
                .Append(CultureInfo.InvariantCulture, $"{line.DeliveredAt:yyyy-MM-dd},{line.Category},{line.Kind switch { InteractionKind.WishList => "wish_list", var kind => kind.ToString() }}\n");
        }

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        var (read, given) = (PurchaseHistory.FromCsv(stream, "orders.csv", Free), PurchaseHistory.From(lines, Free));
        Assert.Equal((given.Report.LinesRead, given.Report.Accepted, given.Report.Merged), (read.Report.LinesRead, read.Report.Accepted, read.Report.Merged));
        SameColumns.Check(given.Columns, read.Columns);
    }

    [Fact]
    public void What_no_line_says_has_no_column_and_what_one_customers_line_says_has()
    {
        OrderLine[] bare = [.. Enumerable.Range(0, 700).Select(c => new OrderLine($"c{c:D3}", "p", Start))];
        var none = PurchaseHistory.From(bare).Columns;
        Assert.Equal((false, false, false), (none.HasPrices, none.HasDeliveries, none.HasCategories));
        var one = PurchaseHistory.From([.. bare, new OrderLine("c650", "p", Start.AddDays(1)) { UnitPrice = 3, DeliveredAt = Start.AddDays(4) }]).Columns;
        Assert.Equal((3, DayOf(Start) + 4), (Assert.Single(one.UnitPrice, price => price > 0), Assert.Single(one.DeliveredDay, day => day > 0)));
        Assert.Equal(701, one.UnitPrice.Length);
    }

    [Fact]
    public void A_cancellation_without_a_quantity_takes_the_latest_purchase_back_whole_and_only_that()
    {
        OrderLine Line(int day, double quantity) => new("a", "p", Start.AddDays(day)) { Quantity = quantity };
        var history = PurchaseHistory.From([Line(0, 3), Line(5, 2), Line(7, 0) with { Kind = InteractionKind.Return }]);
        Assert.Equal((3f, DayOf(Start)), (Assert.Single(history.Columns.Quantity), Assert.Single(history.Columns.Day)));

        // What is back already cannot come back again.
        var report = PurchaseHistory.From([Line(0, 1), Line(1, -1), Line(2, -1)]).Report;
        Assert.Equal((1L, 1L), (report.Returned, report.Rejected));
        Assert.Equal("no earlier purchase of the product by the customer", Assert.Single(report.RejectedSamples).Detail);
    }

    [Fact]
    public void Numbers_stay_dense_where_ids_before_others_have_nothing_left()
    {
        OrderLine[] gone = [new("0", "0", Start), new("0", "0", Start.AddDays(1)) { Quantity = -1 }];
        OrderLine[] kept = [new("b", "x", Start) { Category = "k" }, new("c", "y", Start) { Kind = InteractionKind.View }, new("b", "y", Start.AddDays(2)) { Kind = InteractionKind.Cart }];
        var (all, alone) = (PurchaseHistory.From([.. gone, .. kept]).Columns, PurchaseHistory.From(kept).Columns);
        Assert.Equal(["b", "c"], all.Customers.List);
        Assert.Equal(["x", "y"], all.Products.List);
        Assert.Equal<int[]>(
            [alone.CustomerStart, alone.Product, alone.ProductCategory, alone.Interactions.CustomerStart, alone.Interactions.Product, alone.Interactions.Day],
            [all.CustomerStart, all.Product, all.ProductCategory, all.Interactions.CustomerStart, all.Interactions.Product, all.Interactions.Day]);
    }

    [Fact]
    public void A_rejected_line_says_what_is_wrong_with_it()
    {
        OrderLine[] lines = [new("", "p", Start), new("a", "POST", Start), new("a", "free", Start) { UnitPrice = 0 }, new("a", "p", Start.AddDays(40))];
        var report = PurchaseHistory.From(lines, new IngestOptions { ExcludeProducts = ["POST"], Until = new DateOnly(2024, 2, 1) }).Report;
        Assert.Equal(["no customer", "product 'POST'", "product 'free'", "dated 2024-02-10"], report.RejectedSamples.Select(sample => sample.Detail));
    }

    [Fact]
    public void A_split_takes_prices_and_deliveries_along_if_there_are_any()
    {
        var all = PurchaseHistory.From(Lines(), Free).Columns;
        var (day, split) = (DayOf(Start) + 20, HistorySplit.Before(all, DayOf(Start) + 20));
        int[] rows = [.. Enumerable.Range(0, all.Rows).Where(row => all.Day[row] < day)];
        Assert.Equal(rows.Select(row => (all.UnitPrice[row], all.DeliveredDay[row], all.Quantity[row])), Enumerable.Range(0, split.Rows).Select(row => (split.UnitPrice[row], split.DeliveredDay[row], split.Quantity[row])));
        var bare = HistorySplit.Before(PurchaseHistory.From([new OrderLine("a", "p", Start)]).Columns, day);
        Assert.Equal((1, false, false), (bare.Rows, bare.HasPrices, bare.HasDeliveries));
    }

    [Fact]
    public void Ids_are_found_in_ascending_order_only()
    {
        Assert.Equal([0, 1, -1, -1, -1], new[] { "a", "c", "", "b", "d" }.Select(new IdIndex(["a", "c"]).Find));
        Assert.Throws<ArgumentException>(() => new IdIndex(["a", "a"]));
        Assert.Contains("'a' follows 'b'", Assert.Throws<ArgumentException>(() => new IdIndex(["b", "a"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_logs_tell_how_far_they_are_and_stop_when_told()
    {
        var text = new StringBuilder("customer_id,product_id,timestamp\n");
        for (var i = 0; i < 40_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"c{i % 9},p{i % 7},2024-01-{1 + (i % 28):D2}\n");
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        List<double> told = [];
        using var stop = new CancellationTokenSource();
        PurchaseHistory.FromCsv(new MemoryStream(bytes), "orders.csv", new IngestOptions { Progress = new Told(told.Add) });
        Assert.Equal(3, told.Count);
        Assert.Equal(told.Order(), told);
        Assert.Equal((true, 1), (told[0] is > 0 and < 1, told[^1]));
        Assert.Throws<OperationCanceledException>(() =>
            PurchaseHistory.FromCsv(new MemoryStream(bytes), "orders.csv", new IngestOptions { Progress = new Told(_ => stop.Cancel()), Cancellation = stop.Token }));
    }

    private static int DayOf(DateTime time) => DateOnly.FromDateTime(time).DayNumber;

    private static List<OrderLine> Lines()
    {
        var random = new SeededRandom(19);
        return [.. Enumerable.Range(0, 6_000).Select(_ => new OrderLine($"c{random.Next(700)}", $"p{random.Next(9)}", Start.AddDays(random.Next(40)).AddSeconds(random.Next(80_000)))
        {
            Quantity = 1 + random.Next(3),
            UnitPrice = random.Next(3) is > 0 and var price ? price * random.Next(3) : null,
            DeliveredAt = random.Next(3) == 0 ? Start.AddDays(random.Next(50)) : null,
            Category = random.Next(4) == 0 ? $"k{random.Next(5)}" : null,
            Kind = random.Next(3) == 0 ? (InteractionKind)(2 + random.Next(3)) : InteractionKind.Purchase,
        })];
    }

    private sealed class Told(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}
