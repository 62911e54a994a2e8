using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Replenishment;
using PostPurchase.Samples;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class ConsumableLinkTests
{
    private static readonly Lazy<(SimulatedStore Store, PurchaseColumns Columns, ConsumableLinks Links)> _store = new(() =>
    {
        var store = SimulatedStore.Create(new SimulatedStoreOptions { Customers = 4_000, Seed = 7 });
        var columns = PurchaseHistory.From(store.Lines).Columns;
        return (store, columns, Learn(columns));
    });

    [Fact]
    public void Consumables_of_base_products_and_their_gaps_are_recovered_from_a_simulated_store()
    {
        var (_, columns, links) = _store.Value;
        string Name(ConsumableLink link) => $"{columns.Products[link.Base]} > {columns.Products[link.Product]}";
        var found = Enumerable.Range(0, columns.Products.Count).SelectMany(p => links.From(p).ToArray()).ToArray();
        var sameBrand = found.Count(link => Name(link).Split(" > ").Select(id => id.Split('-')[0]).Distinct().Count() == 1);
        Assert.InRange(found.Length, 35, 70);
        Assert.True(sameBrand >= 0.9 * found.Length, $"{sameBrand} of {found.Length}");
        // Heads last 88 days, capsules 30.
        Gap("alba-electric-toothbrush > alba-toothbrush-heads", 70, 105);
        Gap("alba-capsule-machine > alba-coffee-capsules", 20, 40);
        // A knife lasts, and so does the sharpener that follows it: no consumable.
        Assert.DoesNotContain(found, link => Name(link).Contains("knife", StringComparison.Ordinal));

        void Gap(string name, double least, double most)
        {
            var link = found.Single(candidate => Name(candidate) == name);
            Assert.InRange(Math.Exp(link.Gap.LogGap), least, most);
            Assert.InRange(link.Gap.ReturnShare, 0.4, 0.85);
            Assert.Contains(link, links.To(link.Product).ToArray());
        }
    }

    [Fact]
    public void First_purchases_after_a_base_product_are_told_from_those_that_do_not_come()
    {
        var (store, columns, links) = _store.Value;
        var pairs = PurchasePairs.From(columns);
        var judge = new ForecastJudge(180, 1);
        var withLinks = FirstPurchases.Of(columns, pairs, store.AsOf.DayNumber, links, new());
        var rateAlone = FirstPurchases.Of(columns, pairs, store.AsOf.DayNumber, new ConsumableLinks([]), new());
        var later = store.HeldOut.Where(line => line.PlacedAt < store.AsOf.AddDays(90).ToDateTime(TimeOnly.MinValue))
            .Select(line => (line.CustomerId, line.ProductId)).ToHashSet();
        var (loss, lossAlone, expected, happened) = (0.0, 0.0, 0.0, 0);
        var visits = new CustomerVisits();
        for (var customer = 0; customer < columns.Customers.Count; customer++)
        {
            visits.Load(columns, customer, store.AsOf.DayNumber);
            for (var pair = pairs.CustomerStart[customer]; pair < pairs.CustomerStart[customer + 1]; pair++)
            {
                foreach (var link in links.From(pairs.Product[pair]))
                {
                    if (pairs.Find(customer, link.Product) >= 0)
                        continue;
                    var bought = later.Contains((columns.Customers[customer], columns.Products[link.Product]));
                    var probability = withLinks.Forecast(link.Product, visits, judge, usualDeliveryDays: 2).Curve.At(90);
                    loss -= Math.Log(bought ? probability : 1 - probability);
                    var alone = rateAlone.Forecast(link.Product, visits, judge, usualDeliveryDays: 2).Curve.At(90);
                    lossAlone -= Math.Log(bought ? alone : 1 - alone);
                    expected += probability;
                    happened += bought ? 1 : 0;
                }
            }
        }

        Assert.True(happened > 20, $"{happened} first purchases");
        Assert.True(loss < 0.65 * lossAlone, $"{loss} against {lossAlone}");
        // Without a look at how long the owners had been customers more than 1.4 times as many.
        Assert.InRange(expected / happened, 0.7, 1.25);
    }

    [Fact]
    public void Customers_of_long_standing_who_never_need_the_consumable_are_told_from_newcomers_who_do()
    {
        List<OrderLine> lines = [];
        for (var c = 0; c < 200; c++)
        {
            // Half buy the brush on their first day and heads for it every two months, half after three hundred days and no heads.
            var needs = c % 2 == 0;
            var customer = $"c{c:D3}";
            lines.Add(RhythmicLog.Line(customer, $"other{c % 40}", c % 100));
            var brush = (c % 100) + (needs ? 0 : 300);
            lines.Add(RhythmicLog.Line(customer, "brush", brush));
            for (var i = 1; i < 9 && needs; i++)
                lines.Add(RhythmicLog.Line(customer, "heads", brush + (i * (56 + (c % 9)))));
            for (var i = 0; i < 12; i++)
                lines.Add(RhythmicLog.Line(customer, $"other{(c + i) % 40}", (c % 100) + (i * 41)));
        }

        var catalog = new ProductCatalog([new CatalogProduct("brush", null) { ConsumableIds = ["heads"] }]);
        var columns = PurchaseHistory.From(lines, new IngestOptions { Catalog = catalog }).Columns;
        var links = Learn(columns);
        var link = Assert.Single(links.To(columns.Products.Find("heads")).ToArray());
        Assert.InRange(link.Gap.ReturnShare, 0.3, 0.7);
        Assert.InRange(link.Tenure, 0.3, 0.5);
        Assert.InRange(links.GapOf(link, 0).ReturnShare, 0.75, 1);
        Assert.InRange(links.GapOf(link, 300 / 365.25).ReturnShare, 0, 0.25);
    }

    [Fact]
    public void A_base_product_counts_from_its_delivery_and_while_on_its_way_from_the_day_it_is_expected()
    {
        // Brushes come after five days or after sixty-five, and heads are bought 54 days after that, give or take four.
        List<OrderLine> lines = [];
        for (var c = 0; c < 200; c++)
        {
            var (customer, arrives) = ($"c{c:D3}", c + (c % 2 == 0 ? 5 : 65));
            lines.Add(Brush(customer, c, arrives));
            for (var i = 1; i < 5; i++)
                lines.Add(RhythmicLog.Line(customer, "heads", arrives + (i * (50 + (c % 9)))));
        }

        lines.AddRange([Brush("has it", 500, 570), Brush("gets it soon", 578, 600)]);
        var catalog = new ProductCatalog([new CatalogProduct("brush", null) { ConsumableIds = ["heads"] }]);
        var columns = PurchaseHistory.From(lines, new IngestOptions { Catalog = catalog }).Columns;
        var links = Learn(columns);
        var link = Assert.Single(links.To(columns.Products.Find("heads")).ToArray());
        Assert.InRange(Math.Exp(link.Gap.LogGap), 50, 58);
        var first = FirstPurchases.Of(columns, PurchasePairs.From(columns), RhythmicLog.FirstDay.DayNumber + 580, links, new());

        // Ten days in use on day 580; on its way until day 590, as far as is known then.
        Assert.InRange(Due("has it"), 580 + 38, 580 + 50);
        Assert.InRange(Due("gets it soon"), 590 + 48, 590 + 60);

        int Due(string customer)
        {
            var (visits, asOf) = (new CustomerVisits(), RhythmicLog.FirstDay.AddDays(580));
            visits.Load(columns, columns.Customers.Find(customer), asOf.DayNumber);
            var forecast = first.Forecast(link.Product, visits, new ForecastJudge(180, 1), usualDeliveryDays: 12).For(customer, "heads", asOf, columns.Products);
            Assert.Equal(("brush", customer == "has it" ? 80 : 2), (forecast.BaseProductId, forecast.DaysSinceBase));
            return forecast.DueDate!.Value.DayNumber - RhythmicLog.FirstDay.DayNumber;
        }

        static OrderLine Brush(string customer, int day, int delivered) =>
            RhythmicLog.Line(customer, "brush", day) with { DeliveredAt = RhythmicLog.FirstDay.AddDays(delivered).ToDateTime(TimeOnly.MinValue) };
    }

    [Fact]
    public void The_catalogue_links_what_the_log_cannot_show_yet()
    {
        List<OrderLine> lines = [RhythmicLog.Line("new", "brush", 290), RhythmicLog.Line("other", "heads", 3), RhythmicLog.Line("other", "soap", 300)];
        var catalog = new ProductCatalog(
            [new CatalogProduct("brush", null) { ConsumableIds = ["heads", "never-sold"] }, new CatalogProduct("unsold", null) { ConsumableIds = ["heads"] }]);
        var columns = PurchaseHistory.From(lines, new IngestOptions { Catalog = catalog }).Columns;
        var link = Assert.Single(Learn(columns).From(columns.Products.Find("brush")).ToArray());
        Assert.Equal(columns.Products.Find("heads"), link.Product);
        Assert.Equal(0, Learn(PurchaseHistory.From(lines).Columns).Count);
        // Written and read, and cut off in time, the catalogue's word stays.
        using var stream = new MemoryStream();
        HistorySection.Write(columns, new SectionWriter(stream));
        stream.Position = 0;
        var read = HistorySection.Read(new SectionReader("history", stream, stream.Length));
        Assert.Equal((columns.ConsumableBase[0], columns.Consumable[0]), (read.ConsumableBase[0], read.Consumable[0]));
        Assert.Equal(columns.Consumable, HistorySplit.Before(columns, columns.FirstDay + 10).Consumable);
    }

    [Fact]
    public void Every_link_that_the_catalogue_names_is_there_once_and_learning_the_gaps_can_be_stopped()
    {
        List<OrderLine> lines = [.. Enumerable.Range(0, 40).Select(p => RhythmicLog.Line($"c{p % 7}", $"p{p:D2}", p % 11))];
        string[] Consumables(int p) => [.. Enumerable.Range(1, p % 4).Select(next => $"p{(p + (3 * next)) % 40:D2}")];
        var catalog = new ProductCatalog(Enumerable.Range(0, 40).Select(p => new CatalogProduct($"p{p:D2}", null) { ConsumableIds = Consumables(p) }));
        var columns = PurchaseHistory.From(lines, new IngestOptions { Catalog = catalog }).Columns;
        var links = Learn(columns);
        foreach (var p in Enumerable.Range(0, 40))
            Assert.Equal(Consumables(p).Order(StringComparer.Ordinal), links.From(columns.Products.Find($"p{p:D2}")).ToArray().Select(link => columns.Products[link.Product]));
        var stopped = new TrainingRun { Cancellation = new CancellationToken(canceled: true) };
        Assert.Throws<OperationCanceledException>(() => ConsumableGaps.Learn(columns, PurchasePairs.From(columns), [(0, 1)], new ReplenishmentOptions(), stopped));
    }

    [Fact]
    public async Task Due_feeds_list_consumables_of_what_a_customer_has_once_and_say_why()
    {
        List<OrderLine> lines = [];
        for (var c = 0; c < 240; c++)
        {
            // One in five has a brush, and heads for it every two months.
            var start = c;
            if (c % 5 == 0)
                lines.Add(RhythmicLog.Line($"c{c:D3}", "brush", start));
            for (var i = 1; i < 8 && c % 5 == 0; i++)
                lines.Add(RhythmicLog.Line($"c{c:D3}", "heads", start + (i * (56 + (c % 9)))));
            for (var i = 0; i < 12; i++)
                lines.Add(RhythmicLog.Line($"c{c:D3}", $"other{(c + i) % 40}", (start + (i * 41)) % 500));
        }

        const int asOf = 760;
        lines.Add(RhythmicLog.Line("bought one", "brush", asOf - 50));
        var history = PurchaseHistory.From(lines.Where(line => line.PlacedAt < RhythmicLog.FirstDay.AddDays(asOf).ToDateTime(TimeOnly.MinValue)));
        var model = new PostPurchaseTrainer().Train(history);
        var query = new DueQuery { Window = DateWindow.Of(RhythmicLog.FirstDay.AddDays(asOf), 30), MinimumProbability = 0.2 };
        var due = (await All(query)).Single(purchase => purchase.CustomerId == "bought one");
        Assert.Equal(("heads", "brush", Evidence.Product, DueStatus.Due), (due.ProductId, due.BaseProductId, due.Evidence, due.Status));
        Assert.InRange(due.DueDate.DayNumber - RhythmicLog.FirstDay.DayNumber, asOf + 2, asOf + 30);
        var forecast = model.Forecast("bought one", "heads", query.Window.From);
        Assert.Equal(("brush", 50, 0), (forecast.BaseProductId, forecast.DaysSinceBase, forecast.TimesBought));
        Assert.StartsWith("never bought, goes with brush bought 50 days ago; due ", forecast.ToString(), StringComparison.Ordinal);
        // The same reminder the next night; none for a subscriber, and no base named for what was bought before.
        var tomorrow = await All(query with { Window = DateWindow.Of(query.Window.From.AddDays(1), 30) });
        Assert.Equal(due.IdempotencyKey, tomorrow.Single(purchase => purchase.CustomerId == "bought one").IdempotencyKey);
        Assert.DoesNotContain(
            await All(query with { Subscriptions = new HashSet<(string, string)> { ("bought one", "heads") } }), purchase => purchase.CustomerId == "bought one");
        Assert.Null(model.Forecast("c000", "heads", query.Window.From).BaseProductId);

        async Task<List<DuePurchase>> All(DueQuery asked)
        {
            List<DuePurchase> all = [];
            await foreach (var purchase in model.DueAsync(asked))
                all.Add(purchase);
            return all;
        }
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(-1000)]
    public void However_far_a_share_is_moved_its_gap_can_be_asked_about(double moved)
    {
        var gap = new GapCurve(3, 0.05, ConsumableLinks.ShareAfter(0.5, moved), 5000);
        Assert.InRange(gap.Ever, 0, 1);
        Assert.InRange(gap.Within(90), 0, gap.Ever + 1e-9);
    }

    [Fact]
    public void Damaged_links_are_a_format_error()
    {
        using var stream = new MemoryStream();
        new ConsumableLinks([new ConsumableLink(0, 5, new GapPrior(4, 1, 0.5), 1.5)], -2).Write(new SectionWriter(stream));
        var bytes = stream.ToArray();
        var link = Assert.Single(Read(6).To(5).ToArray());
        Assert.Equal(1.5, link.Tenure);
        Assert.Equal(0.5, Read(6).GapOf(link, 1.5).ReturnShare, 12);
        Assert.Equal(1 / (1 + Math.Exp(2)), Read(6).GapOf(link, 2.5).ReturnShare, 12);
        Assert.Throws<ModelFormatException>(() => Read(5));

        ConsumableLinks Read(int products) => ConsumableLinks.Read(new SectionReader("links", new MemoryStream(bytes), bytes.Length), products);
    }

    private static ConsumableLinks Learn(PurchaseColumns columns) =>
        ConsumableLinkTrainer.Train(columns, PurchasePairs.From(columns), new ReplenishmentOptions(), new TrainingRun());
}
