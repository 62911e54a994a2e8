using FsCheck;
using FsCheck.Fluent;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Orders;

public sealed class PurchaseHistoryTests
{
    private static readonly DateTime Day1 = new(2024, 3, 1, 9, 30, 0);

    [Fact]
    public void Rows_equal_those_of_the_naive_rules() => Prop.ForAll<ulong>(seed =>
    {
        var lines = RandomLines.Draw(seed, 200);
        var columns = PurchaseHistory.From(lines).Columns;
        var expected = NaiveHistory.Build(lines);
        Assert.Equal(expected.Select(r => (r.Key.Customer, r.Key.Day, r.Key.Product, (float)r.Value)), Rows(columns));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_line_is_accounted_for_in_any_order() => Prop.ForAll<ulong>(seed =>
    {
        var lines = RandomLines.Draw(seed, 150);
        var a = PurchaseHistory.From(lines);
        var b = PurchaseHistory.From(RandomLines.Shuffle(lines, seed + 1));
        Assert.Equal(lines.Count, a.Report.LinesRead);
        Assert.Equal(a.Report.LinesRead, a.Report.Accepted + a.Report.Merged + a.Report.Returned + a.Report.Rejected);
        Assert.Equal(Rows(a.Columns), Rows(b.Columns));
        Assert.Equal(
            (a.Report.Accepted, a.Report.Merged, a.Report.ExactDuplicates, a.Report.Returned, a.Report.Rejected),
            (b.Report.Accepted, b.Report.Merged, b.Report.ExactDuplicates, b.Report.Returned, b.Report.Rejected));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_returned_whole_leaves_nothing_whatever_it_weighs() => Prop.ForAll<ulong>(seed =>
    {
        var random = new SeededRandom(seed);
        // Weights to the gram, from one gram to fifty kilograms, on up to three days, in packs now and then.
        int[] grams = [.. Enumerable.Range(0, 1 + random.Next(5)).Select(_ => 1 + random.Next(random.Next(2) == 0 ? 50 : 50_000))];
        double? packSize = random.Next(2) == 0 ? 0.001 * (1 + random.Next(5_000)) : null;
        OrderLine Line(double kilograms, int day) => new("ann", "flour", Day1.AddDays(day)) { Quantity = kilograms, PackSize = packSize };
        OrderLine[] bought = [.. grams.Select(weight => Line(weight / 1000.0, random.Next(3)))];
        OrderLine[] inOne = [Line(-grams.Sum() / 1000.0, 3)], inTurn = [.. grams.Reverse().Select(weight => Line(-weight / 1000.0, 3))];
        foreach (var returns in new[] { inOne, inTurn })
        {
            var history = PurchaseHistory.From([.. bought, .. returns]);
            Assert.Equal((0, returns.Length), (history.PurchaseCount, history.Report.Returned));
        }

        // Nothing is taken from what came before, and what is kept is kept to the gram.
        var before = new OrderLine("ann", "flour", Day1.AddDays(-1)) { Quantity = 0.001 };
        Assert.Equal([0.001f], PurchaseHistory.From([before, .. bought, .. inOne]).Columns.Quantity);
        if (grams.Sum() > 1)
            Assert.Equal(0.001 * (packSize ?? 1), PurchaseHistory.From([.. bought, Line((1 - grams.Sum()) / 1000.0, 3)]).Columns.Quantity.Sum(), 0.0002 * (packSize ?? 1));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lines_of_a_day_merge_and_prices_are_weighted_by_quantity()
    {
        var history = PurchaseHistory.From(
        [
            new OrderLine("ann", "soap", Day1) { Quantity = 1, UnitPrice = 2 },
            new OrderLine("ann", "soap", Day1.AddHours(3)) { Quantity = 3, UnitPrice = 4 },
        ]);
        Assert.Equal([("ann", new DateOnly(2024, 3, 1), "soap", 4f)], Rows(history.Columns));
        Assert.Equal(3.5f, Assert.Single(history.Columns.UnitPrice));
        Assert.Equal((1L, 1L, 0L), (history.Report.Accepted, history.Report.Merged, history.Report.ExactDuplicates));
    }

    [Fact]
    public void An_exact_duplicate_of_an_order_adds_nothing_but_one_without_an_order_does()
    {
        var line = new OrderLine("ann", "soap", Day1) { Quantity = 2, OrderId = "7" };
        var duplicated = PurchaseHistory.From([line, line, line with { OrderId = "8" }]);
        Assert.Equal(4f, Assert.Single(duplicated.Columns.Quantity));
        Assert.Equal((2L, 1L), (duplicated.Report.Merged, duplicated.Report.ExactDuplicates));

        var bare = PurchaseHistory.From([line with { OrderId = null }, line with { OrderId = null }]);
        Assert.Equal(4f, Assert.Single(bare.Columns.Quantity));
        Assert.Equal(0, bare.Report.ExactDuplicates);
    }

    [Fact]
    public void A_return_cancels_the_latest_purchases_before_it_and_leaves_later_ones()
    {
        var history = PurchaseHistory.From(
        [
            new OrderLine("ann", "soap", Day1) { Quantity = 5 },
            new OrderLine("ann", "soap", Day1.AddDays(10)) { Quantity = 2 },
            new OrderLine("ann", "soap", Day1.AddDays(11)) { Quantity = -3 },
            new OrderLine("ann", "soap", Day1.AddDays(20)) { Quantity = 1 },
        ]);
        Assert.Equal(
            [("ann", new DateOnly(2024, 3, 1), "soap", 4f), ("ann", new DateOnly(2024, 3, 21), "soap", 1f)], Rows(history.Columns));
        Assert.Equal(1, history.Report.Returned);
    }

    [Fact]
    public void Returns_that_are_told_not_to_cancel_are_counted_only()
    {
        OrderLine[] lines = [new("ann", "soap", Day1) { Quantity = 1 }, new("ann", "soap", Day1.AddDays(1)) { Kind = InteractionKind.Return }];
        Assert.Equal(0, PurchaseHistory.From(lines).PurchaseCount);
        var kept = PurchaseHistory.From(lines, new IngestOptions { ReturnsCancel = false });
        Assert.Equal((1, 1L), (kept.PurchaseCount, kept.Report.Returned));
    }

    [Fact]
    public void A_return_without_a_purchase_is_rejected_and_its_line_named()
    {
        var report = PurchaseHistory.From(
        [
            new OrderLine("ann", "soap", Day1),
            new OrderLine("ann", "soap", Day1.AddDays(-1)) { Quantity = -1 },
            new OrderLine("bob", "soap", Day1) { Quantity = -1 },
        ]).Report;
        Assert.Equal(2, report.RejectedByReason[RejectionReason.UnmatchedReturn]);
        Assert.Equal([2L, 3L], report.RejectedSamples.Select(s => s.LineNumber));
    }

    [Fact]
    public void Guests_products_without_id_free_lines_and_exclusions_are_told_apart()
    {
        OrderLine[] lines =
        [
            new("", "soap", Day1), new("ann", " ", Day1), new("ann", "soap", Day1) { UnitPrice = 0 },
            new("ann", "POST", Day1), new("ann", "adjust2", Day1), new("ann", "soap", Day1) { Quantity = double.NaN },
            new("ann", "soap", Day1) { UnitPrice = double.PositiveInfinity }, new(" ann ", "soap ", Day1) { UnitPrice = 1 },
        ];
        var history = PurchaseHistory.From(lines, new IngestOptions { ExcludeProducts = [" post", "ADJUST* "] });
        Assert.Equal(
            new Dictionary<RejectionReason, long>
            {
                [RejectionReason.GuestCheckout] = 1,
                [RejectionReason.NoProduct] = 1,
                [RejectionReason.NoPrice] = 1,
                [RejectionReason.ExcludedProduct] = 2,
                [RejectionReason.Malformed] = 2,
            },
            history.Report.RejectedByReason);
        Assert.Equal([("ann", new DateOnly(2024, 3, 1), "soap", 1f)], Rows(history.Columns));
        Assert.Equal(2, PurchaseHistory.From([lines[2], lines[7]], new IngestOptions { KeepFreeLines = true }).Report.Accepted
            + PurchaseHistory.From([lines[2], lines[7]], new IngestOptions { KeepFreeLines = true }).Report.Merged);
    }

    [Fact]
    public void Only_the_first_twenty_rejections_are_kept_in_full()
    {
        var report = PurchaseHistory.From(Enumerable.Range(0, 50).Select(_ => new OrderLine("", "soap", Day1))).Report;
        Assert.Equal(50, report.Rejected);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), report.RejectedSamples.Select(s => s.LineNumber));
    }

    [Fact]
    public void Every_reason_has_examples_however_many_lines_another_one_has()
    {
        var guests = Enumerable.Range(0, 50).Select(_ => new OrderLine("", "soap", Day1));
        OrderLine[] lines =
        [
            .. guests, new("ann", "soap", Day1) { Quantity = -1 }, .. guests,
            .. Enumerable.Range(0, 50).Select(_ => new OrderLine("ann", "soap", Day1) { Quantity = double.NaN }), new("ann", "", Day1),
        ];
        var report = PurchaseHistory.From(lines).Report;
        Assert.Equal(152, report.Rejected);
        // Two places go to the lines that are alone, nine to each kind that has many.
        Assert.Equal(
            [.. Range(1, 9), 51, .. Range(102, 9), 152],
            report.RejectedSamples.Select(s => s.LineNumber));
        Assert.Equal(
            [RejectionReason.GuestCheckout, RejectionReason.UnmatchedReturn, RejectionReason.Malformed, RejectionReason.NoProduct],
            report.RejectedSamples.Select(s => s.Reason).Distinct());

        static IEnumerable<long> Range(int from, int count) => Enumerable.Range(from, count).Select(i => (long)i);
    }

    [Fact]
    public void Nothing_on_or_after_until_leaves_a_trace()
    {
        OrderLine[] before = [new("ann", "soap", Day1), new("bob", "tea", Day1.AddDays(1))];
        OrderLine[] after = [new("cid", "jam", Day1.AddDays(2)) { Quantity = double.NaN }, new("ann", "soap", Day1.AddDays(2)) { Quantity = -1 }];
        var options = new IngestOptions { Until = new DateOnly(2024, 3, 3), MalformedLines = MalformedLines.Throw };
        var history = PurchaseHistory.From([.. before, .. after], options);
        Assert.Equal(Rows(PurchaseHistory.From(before).Columns), Rows(history.Columns));
        Assert.Equal(["ann", "bob"], history.CustomerIds);
        Assert.Equal(2, history.Report.RejectedByReason[RejectionReason.OutsideRange]);
    }

    [Fact]
    public void Ids_are_dense_and_ordinal_and_those_with_nothing_left_are_gone()
    {
        var history = PurchaseHistory.From(
        [
            new OrderLine("b", "Z", Day1), new OrderLine("B", "a", Day1), new OrderLine("gone", "gone", Day1),
            new OrderLine("gone", "gone", Day1.AddDays(1)) { Quantity = -1 },
        ]);
        Assert.Equal(["B", "b"], history.CustomerIds);
        Assert.Equal(["Z", "a"], history.ProductIds);
        Assert.Equal([0, 1, 2], history.Columns.CustomerStart);
        Assert.Equal([1, 0], history.Columns.Product);
    }

    [Fact]
    public void Interactions_are_counted_apart_and_keep_their_customer()
    {
        var history = PurchaseHistory.From(
        [
            new OrderLine("ann", "soap", Day1) { Kind = InteractionKind.View },
            new OrderLine("ann", "soap", Day1.AddHours(1)) { Kind = InteractionKind.View },
            new OrderLine("bob", "soap", Day1) { Kind = InteractionKind.Cart },
            new OrderLine("bob", "soap", Day1),
        ]);
        Assert.Equal(1, history.PurchaseCount);
        var interactions = history.Columns.Interactions;
        Assert.Equal([0, 1, 2], interactions.CustomerStart);
        Assert.Equal([2, 1], interactions.Count);
        Assert.Equal([(byte)InteractionKind.View, (byte)InteractionKind.Cart], interactions.Kind);
        Assert.Equal((3L, 1L), (history.Report.Accepted, history.Report.Merged));
    }

    [Fact]
    public void Categories_come_from_lines_and_the_catalogue_goes_before_them()
    {
        OrderLine[] lines =
        [
            new("ann", "soap", Day1) { Category = "wash" }, new("ann", "soap", Day1) { Category = "body" },
            new("ann", "tea", Day1) { Category = "food" }, new("ann", "x", Day1),
        ];
        Assert.Equal(["body", "food", ""], CategoryNames(PurchaseHistory.From(lines).Columns));
        var catalog = new ProductCatalog([new CatalogProduct("tea", "drink"), new CatalogProduct("unknown", "none")]);
        Assert.Equal(["body", "drink", ""], CategoryNames(PurchaseHistory.From(lines, new IngestOptions { Catalog = catalog }).Columns));
    }

    [Fact]
    public void Quantities_and_prices_are_those_of_what_a_pack_holds_and_a_line_goes_before_the_catalogue()
    {
        OrderLine[] lines =
        [
            new("ann", "heads", Day1) { Quantity = 3, UnitPrice = 8, PackSize = 4 },
            new("ann", "heads", Day1.AddDays(1)) { Quantity = 3, UnitPrice = 8 },
            new("ann", "heads", Day1.AddDays(2)) { Quantity = -1 },
            new("ann", "soap", Day1) { Quantity = 2, UnitPrice = 3 },
        ];
        float[][] Amounts(IngestOptions? options) =>
            PurchaseHistory.From(lines, options).Columns is var columns ? [columns.Quantity, columns.UnitPrice] : [];

        Assert.Equal<float[]>([[12, 2, 2], [2, 3, 8]], Amounts(null));
        var catalog = new ProductCatalog([new CatalogProduct("heads", null) { PackSize = 2 }]);
        Assert.Equal<float[]>([[12, 2, 4], [2, 3, 4]], Amounts(new IngestOptions { Catalog = catalog }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1e-7)]
    [InlineData(1.1e9)]
    [InlineData(double.NaN)]
    public void A_pack_that_holds_nothing_or_no_number_is_refused(double packSize)
    {
        Assert.Throws<ArgumentException>(() => new ProductCatalog([new CatalogProduct("heads", null) { PackSize = packSize }]));
        var report = PurchaseHistory.From([new OrderLine("ann", "heads", Day1) { PackSize = packSize }, new OrderLine("ann", "soap", Day1)]).Report;
        Assert.Equal(RejectionReason.Malformed, Assert.Single(report.RejectedSamples).Reason);
    }

    [Fact]
    public void Delivery_is_the_earliest_of_the_day_and_never_before_the_order()
    {
        var columns = PurchaseHistory.From(
        [
            new OrderLine("ann", "soap", Day1) { DeliveredAt = Day1.AddDays(5) },
            new OrderLine("ann", "soap", Day1) { DeliveredAt = Day1.AddDays(3) },
            new OrderLine("ann", "tea", Day1) { DeliveredAt = Day1.AddDays(-9) },
            new OrderLine("ann", "x", Day1),
        ]).Columns;
        var day = DateOnly.FromDateTime(Day1).DayNumber;
        Assert.Equal([day + 3, day, 0], columns.DeliveredDay);
    }

    [Fact]
    public async Task An_asynchronous_source_gives_the_same_history()
    {
        var lines = RandomLines.Draw(5, 300);
        var history = await PurchaseHistory.FromAsync(Stream(lines));
        Assert.Equal(Rows(PurchaseHistory.From(lines).Columns), Rows(history.Columns));

        static async IAsyncEnumerable<OrderLine> Stream(List<OrderLine> all)
        {
            foreach (var line in all)
            {
                await Task.Yield();
                yield return line;
            }
        }
    }

    [Fact]
    public async Task A_cancelled_reading_ends_whatever_the_source_makes_of_the_token()
    {
        const int Most = 100_000;
        using var source = new CancellationTokenSource();
        var options = new IngestOptions { Cancellation = source.Token };
        var read = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PurchaseHistory.FromAsync(Lines().ToAsyncEnumerable(), options));
        Assert.InRange(read, 1, Most / 2);
        read = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => PurchaseHistory.From(Lines(), options));
        Assert.InRange(read, 1, Most / 2);

        IEnumerable<OrderLine> Lines()
        {
            while (++read <= Most)
            {
                if (read == 10)
                    source.Cancel();
                yield return new OrderLine("ann", "soap", Day1);
            }
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-1)]
    public void A_kind_of_event_that_is_none_is_malformed(int kind)
    {
        var report = PurchaseHistory.From([new OrderLine("a", "b", new DateTime(2024, 3, 1)) { Kind = (InteractionKind)kind }]).Report;
        Assert.Equal((0L, RejectionReason.Malformed), (report.Accepted, Assert.Single(report.RejectedSamples).Reason));
    }

    [Fact]
    public void A_catalogue_with_a_product_that_is_missing_is_refused() =>
        Assert.Contains("has no id", Assert.Throws<ArgumentException>(() => new ProductCatalog([null!])).Message, StringComparison.Ordinal);

    [Fact]
    public void White_space_around_what_a_catalogue_says_counts_as_little_as_around_what_a_log_says()
    {
        // Columns of a fixed width come filled up with blanks.
        var padded = new CatalogProduct("brush  ", " care\t") { ConsumableIds = ["heads  ", " \u00A0", null!], PackSize = 2 };
        var catalog = new ProductCatalog(
        [
            padded, new CatalogProduct("heads", "  ") { ReplenishmentGroup = "need " }, new CatalogProduct(" spare\u2003", null) { ReplenishmentGroup = " need" },
            new CatalogProduct("soap", "care") { ReplenishmentGroup = "  " },
        ]);
        OrderLine[] lines =
        [
            new("ann", "brush ", Day1), new("ann", "heads", Day1) { Category = "parts" }, new("ann", "soap", Day1), new("ann", " spare", Day1),
        ];
        var columns = PurchaseHistory.From(lines, new IngestOptions { Catalog = catalog }).Columns;
        Assert.Equal(["brush", "heads", "soap", "spare"], columns.Products.List);
        Assert.Equal(["care", "parts", "care", ""], CategoryNames(columns));
        Assert.Equal(["care", "need", "care", "need"], columns.ProductGroup.Select(group => columns.Groups[group]));
        Assert.Equal([(0, 1)], columns.ConsumableBase.Zip(columns.Consumable));
        Assert.Equal([2f, 1, 1, 1], columns.Quantity);

        Assert.Equal(["brush", "heads", "soap", "spare"], catalog.Products.Select(product => product.ProductId).Order(StringComparer.Ordinal));
        Assert.Equal("care", catalog.Find("brush")!.Category);
        Assert.Equal(["heads"], catalog.Find("brush")!.ConsumableIds);
        Assert.Same(catalog.Find("brush"), catalog.Find("brush  "));
        Assert.Equal(new CatalogProduct("tea", "drink"), new ProductCatalog([new CatalogProduct("tea", "drink")]).Find("tea"));
    }

    [Fact]
    public void Ids_that_white_space_alone_tells_apart_are_one_product_that_is_there_twice()
    {
        string Message(params string[] ids) => Assert.Throws<ArgumentException>(() => new ProductCatalog(ids.Select(id => new CatalogProduct(id, null)))).Message;

        Assert.Contains("'x' appears twice", Message("x", "x"), StringComparison.Ordinal);
        Assert.Equal(Message("x", "x"), Message("x ", " x"));
    }

    [Fact]
    public void A_malformed_line_stops_the_reading_where_asked()
    {
        var thrown = Assert.Throws<MalformedInputException>(() => PurchaseHistory.From(
            [new OrderLine("a", "b", Day1), new OrderLine("a", "b", Day1) { Quantity = double.NegativeInfinity }],
            new IngestOptions { MalformedLines = MalformedLines.Throw }));
        Assert.Equal(2, thrown.LineNumber);
        Assert.Contains("quantity", thrown.Reason, StringComparison.Ordinal);
    }

    internal static List<(string Customer, DateOnly Day, string Product, float Quantity)> Rows(PurchaseColumns columns)
    {
        var rows = new List<(string Customer, DateOnly Day, string Product, float Quantity)>();
        for (var c = 0; c < columns.Customers.Count; c++)
        {
            for (var r = columns.CustomerStart[c]; r < columns.CustomerStart[c + 1]; r++)
                rows.Add((columns.Customers[c], DateOnly.FromDayNumber(columns.Day[r]), columns.Products[columns.Product[r]], columns.Quantity[r]));
        }

        return rows;
    }

    private static string[] CategoryNames(PurchaseColumns columns) =>
        [.. columns.ProductCategory.Select(c => c < 0 ? "" : columns.Categories[c])];
}
