using Microsoft.ML;
using Microsoft.ML.Data;
using PostPurchase.Recommend.MLNet.Orders;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.MLNet.Tests.Orders;

public class PurchaseHistoryDataViewTests
{
    private readonly MLContext _mlContext = new();

    [Fact]
    public void A_view_gives_the_history_of_its_lines()
    {
        var lines = Shop.Simulated();
        var expected = PurchaseHistory.From(lines.Select(l => new OrderLine(l.CustomerId, l.ProductId, l.Time) { Quantity = l.Quantity }));
        var history = PurchaseHistory.FromDataView(_mlContext.Data.LoadFromEnumerable(lines));
        Assert.Equal(expected.CustomerIds, history.CustomerIds);
        Assert.Equal(expected.ProductIds, history.ProductIds);
        Assert.Equal(RowsOf(expected), RowsOf(history));
        Assert.Equal(expected.Report.LinesRead, history.Report.LinesRead);
        Assert.Equal(expected.Report.Returned, history.Report.Returned);
    }

    [Fact]
    public void A_history_goes_out_and_comes_back_the_same()
    {
        OrderLine[] lines =
        [
            new("a", "tea", new DateTime(2026, 1, 2)) { Quantity = 2, UnitPrice = 3.5, Category = "drinks" },
            new("a", "cup", new DateTime(2026, 1, 2)),
            new("b", "tea", new DateTime(2026, 3, 1)) { UnitPrice = 4, Category = "drinks" },
        ];
        var history = PurchaseHistory.From(lines);
        var names = new OrderColumnNames { UnitPrice = "UnitPrice", Category = "Category" };
        var back = PurchaseHistory.FromDataView(history.ToDataView(_mlContext), names);
        Assert.Equal(3, back.PurchaseCount);
        Assert.Equal(RowsOf(history), RowsOf(back));
    }

    [Fact]
    public void Pack_sizes_multiply_quantities_where_they_are_given()
    {
        var time = new DateTime(2026, 1, 2);
        var view = _mlContext.Data.LoadFromEnumerable(new[]
        {
            new PackLine { CustomerId = "a", ProductId = "tabs", Time = time, Quantity = 2, Held = 30, Price = 15 },
            new PackLine { CustomerId = "b", ProductId = "tabs", Time = time, Quantity = 2, Held = float.NaN, Price = 15 },
        });
        var history = PurchaseHistory.FromDataView(view, new OrderColumnNames { PackSize = "Held", UnitPrice = "Price" });
        var rows = history.ToDataView(_mlContext);
        Assert.Equal([60f, 2f], rows.GetColumn<float>("Quantity"));
        Assert.Equal([.5f, 15f], rows.GetColumn<float>("UnitPrice"));
    }

    private sealed class PackLine
    {
        public string CustomerId { get; set; } = "";

        public string ProductId { get; set; } = "";

        public DateTime Time { get; set; }

        public float Quantity { get; set; }

        public float Held { get; set; }

        public float Price { get; set; }
    }

    [Fact]
    public void Lines_stream_through_one_cursor_over_the_needed_columns()
    {
        var view = new CountingView(_mlContext.Data.LoadFromEnumerable(Shop.Simulated(30)));
        var history = PurchaseHistory.FromDataView(view);
        Assert.Equal(1, view.Cursors);
        Assert.Equal(history.Report.LinesRead + 1, view.Moves);
        Assert.Equal(["CustomerId", "ProductId", "Time", "Quantity"], view.Columns);
    }

    [Fact]
    public void A_view_out_of_a_history_makes_its_rows_when_they_are_read()
    {
        var history = PurchaseHistory.From(Enumerable.Range(0, 20_000).Select(i => new OrderLine($"c{i % 100}", $"p{i}", new DateTime(2026, 1, 1))));
        var view = history.ToDataView(_mlContext);
        using var cursor = view.GetRowCursor([view.Schema["Quantity"]]);
        var quantity = cursor.GetGetter<float>(view.Schema["Quantity"]);
        var value = 0f;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var rows = 0;
        while (cursor.MoveNext())
        {
            quantity(ref value);
            rows++;
        }

        Assert.Equal(20_000, rows);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Missing_and_mistyped_columns_are_said_in_the_words_of_ML_NET()
    {
        var view = _mlContext.Data.LoadFromEnumerable(Shop.Checkerboard());
        var missing = Assert.Throws<ArgumentOutOfRangeException>(() => PurchaseHistory.FromDataView(view, new OrderColumnNames { Time = "When" }));
        Assert.Contains("Could not find time column 'When'", missing.Message, StringComparison.Ordinal);
        var wrong = Assert.Throws<ArgumentOutOfRangeException>(() => PurchaseHistory.FromDataView(view, new OrderColumnNames { Customer = "Label" }));
        Assert.Contains("Schema mismatch for customer column 'Label': expected String, got Single", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_are_no_purchases_are_accounted_for()
    {
        List<Purchase> lines =
        [
            new() { CustomerId = "a", ProductId = "p", Time = new DateTime(2026, 1, 1) },
            new() { CustomerId = "", ProductId = "p", Time = new DateTime(2026, 1, 1) },
            new() { CustomerId = "a", ProductId = "", Time = new DateTime(2026, 1, 1) },
            new() { CustomerId = "a", ProductId = "q", Time = new DateTime(2026, 1, 1), Quantity = float.NaN },
        ];
        var report = PurchaseHistory.FromDataView(_mlContext.Data.LoadFromEnumerable(lines)).Report;
        Assert.Equal((4, 1, 3), (report.LinesRead, report.Accepted, report.Rejected));
        Assert.Equal(1, report.RejectedByReason[RejectionReason.Malformed]);
        Assert.Throws<MalformedInputException>(() => PurchaseHistory.FromDataView(
            _mlContext.Data.LoadFromEnumerable(lines), options: new IngestOptions { MalformedLines = MalformedLines.Throw }));
        Assert.Equal(0, PurchaseHistory.FromDataView(_mlContext.Data.LoadFromEnumerable<Purchase>([])).PurchaseCount);
    }

    private List<(string, string, DateTime, float, float, string)> RowsOf(PurchaseHistory history)
    {
        var view = history.ToDataView(_mlContext);
        return
        [
            .. view.GetColumn<string>("CustomerId")
                .Zip(view.GetColumn<string>("ProductId"), view.GetColumn<DateTime>("Time"))
                .Zip(view.GetColumn<float>("Quantity"), view.GetColumn<float>("UnitPrice"))
                .Zip(view.GetColumn<string>("Category"), (row, category) =>
                    (row.First.First, row.First.Second, row.First.Third, row.Second, row.Third, category)),
        ];
    }
}
