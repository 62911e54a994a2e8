using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.PublicTests.Contract;

public sealed class ReplenishmentGroupTests
{
    private static readonly DateOnly _firstDay = new(2025, 1, 1);
    private static readonly ProductCatalog _catalog = new(
    [
        new CatalogProduct("brush", null) { ConsumableIds = ["heads A", "heads B"] },
        new CatalogProduct("heads A", "care") { ReplenishmentGroup = "heads" },
        new CatalogProduct("heads B", "care") { ReplenishmentGroup = "heads" },
    ]);

    private static readonly Lazy<PostPurchaseModel> _model = new(() => Train(_catalog));

    [Fact]
    public void Groups_are_those_of_the_catalogue_or_else_the_categories()
    {
        Assert.Equal(["heads"], _model.Value.ReplenishmentGroups);
        Assert.Equal(["care"], Train(new ProductCatalog(_catalog.Products.Select(product => product with { ReplenishmentGroup = null }))).ReplenishmentGroups);
        var neither = Train(null);
        Assert.Empty(neither.ReplenishmentGroups);
        var forecast = neither.ForecastGroup("c1", "heads", _firstDay.AddDays(400));
        Assert.Equal(("c1", "heads", "", 0), (forecast.CustomerId, forecast.ReplenishmentGroup, forecast.ProductId, forecast.TimesBought));
    }

    [Fact]
    public void All_products_of_a_group_count_as_one()
    {
        var asOf = _firstDay.AddDays(400);
        var group = _model.Value.ForecastGroup("switcher", "heads", asOf);
        Assert.Equal(("heads", "heads B", 6, 32), (group.ReplenishmentGroup, group.ProductId, group.TimesBought, group.DaysSinceLast));
        Assert.InRange(group.DueDate!.Value, _firstDay.AddDays(368 + 50), _firstDay.AddDays(368 + 75));
        Assert.Equal(Evidence.Own, group.Evidence);
        Assert.StartsWith("bought 6 times, about every 6", group.ToString(), StringComparison.Ordinal);
        var product = _model.Value.Forecast("switcher", "heads A", asOf);
        Assert.Equal(("heads A", null, 3), (product.ProductId, product.ReplenishmentGroup, product.TimesBought));
        // Purchases on the day asked about or later are not looked at.
        var earlier = _model.Value.ForecastGroup("switcher", "heads", _firstDay.AddDays(368));
        Assert.Equal(("heads A", 5), (earlier.ProductId, earlier.TimesBought));
    }

    [Fact]
    public void Who_has_the_base_product_waits_for_the_group_and_who_buys_another_brand_for_nothing()
    {
        var asOf = _firstDay.AddDays(400);
        var first = _model.Value.ForecastGroup("owner", "heads", asOf);
        Assert.Equal(("", "brush", 40, 0), (first.ProductId, first.BaseProductId, first.DaysSinceBase, first.TimesBought));
        Assert.Equal("brush", _model.Value.Forecast("owner", "heads A", asOf).BaseProductId);

        // The faithful one has a brush, too, but the heads it needs are B's.
        Assert.Null(_model.Value.Forecast("faithful", "heads A", asOf).BaseProductId);
        var due = Due(_model.Value, asOf).Where(purchase => purchase.CustomerId == "faithful").ToArray();
        Assert.Equal("heads B", Assert.Single(due).ProductId);
        Assert.Single(Due(_model.Value, asOf), purchase => purchase.CustomerId == "owner");
        Assert.Equal(2, Due(Train(new ProductCatalog(_catalog.Products.Select(product => product with { ReplenishmentGroup = null }))), asOf)
            .Count(purchase => purchase.CustomerId == "owner"));
    }

    [Fact]
    public void Many_at_once_are_one_by_one_and_so_are_those_of_a_model_that_was_stored()
    {
        var asOf = _firstDay.AddDays(390);
        (string, string)[] asked = [("switcher", "heads"), ("nobody", "heads"), ("c3", "soap"), ("c3", "heads"), ("owner", "heads"), ("c8", "heads")];
        var one = asked.Select(pair => Values(_model.Value.ForecastGroup(pair.Item1, pair.Item2, asOf))).ToArray();
        Assert.Equal(one, _model.Value.ForecastGroups(asked, asOf, new TrainingRun { Threads = 3 }).Select(Values));
        using var stream = new MemoryStream();
        _model.Value.Save(stream);
        stream.Position = 0;
        Assert.Equal(one, PostPurchaseModel.Load(stream).ForecastGroups(asked, asOf).Select(Values));
        Assert.Throws<ArgumentException>(() => _model.Value.ForecastGroups([("c1", null!)], asOf));
        Assert.Throws<ArgumentNullException>(() => _model.Value.ForecastGroup("c1", null!, asOf));

        static (string, string, string?, double, double, DateOnly?, Evidence) Values(ReplenishmentForecast f) =>
            (f.CustomerId, f.ProductId, f.ReplenishmentGroup, f.ProbabilityWithin(14), f.ProbabilityEver, f.DueDate, f.Evidence);
    }

    [Fact]
    public void No_product_is_more_probable_than_its_need_whichever_door_is_asked()
    {
        foreach (var asOf in new[] { 250, 333, 400 }.Select(_firstDay.AddDays))
        {
            (string CustomerId, string ProductId)[] pairs = [.. _model.Value.CustomerIds.Append("nobody").SelectMany(customer => _model.Value.ProductIds.Select(product => (customer, product)))];
            var listed = _model.Value.ForecastAll(pairs, asOf, new TrainingRun { Threads = 3 });
            var needs = _model.Value.ForecastGroups([.. pairs.Select(pair => (pair.CustomerId, "heads"))], asOf);
            foreach (var (forecast, need) in listed.Zip(needs).Where(x => x.First.ProductId.StartsWith("heads", StringComparison.Ordinal)))
                Assert.All([1, 5, 10, 14, 30, 41, 90, 200, 500, 730], days => Assert.InRange(forecast.ProbabilityWithin(days), 0, need.ProbabilityWithin(days) + 1e-12));
            var expected = listed.ToDictionary(forecast => (forecast.CustomerId, forecast.ProductId), All);
            Assert.All(pairs, pair => Assert.Equal(expected[pair], All(_model.Value.Forecast(pair.CustomerId, pair.ProductId, asOf))));
            Assert.All(_model.Value.ForecastAll(asOf), forecast => Assert.Equal(expected[(forecast.CustomerId, forecast.ProductId)], All(forecast)));
            var feed = _model.Value.DueAsync(new DueQuery { Window = DateWindow.Of(asOf, 14), MinimumProbability = 0 }).ToBlockingEnumerable().ToArray();
            Assert.Contains(feed, due => due is { CustomerId: "owner" or "switcher", ProductId: not "soap" });
            Assert.All(feed, due =>
            {
                var (probability, _, date, window, evidence, _) = expected[(due.CustomerId, due.ProductId)];
                Assert.Equal((probability, date, window, evidence), (due.Probability, due.DueDate, due.Window, due.Evidence));
            });
        }

        static (double, double, DateOnly?, DateWindow?, Evidence, string?) All(ReplenishmentForecast f) =>
            (f.ProbabilityWithin(14), f.ProbabilityEver, f.DueDate, f.Window(), f.Evidence, f.BaseProductId);
    }

    [Fact]
    public void Who_has_just_bought_another_brand_buys_none_of_the_usual_one_this_week()
    {
        // Heads A were bought twice as long ago as usual, heads B two days ago.
        var asOf = _firstDay.AddDays(370);
        var (usual, need) = (_model.Value.Forecast("switcher", "heads A", asOf), _model.Value.ForecastGroup("switcher", "heads", asOf));
        Assert.InRange(need.ProbabilityWithin(14), 0, 0.05);
        Assert.InRange(usual.ProbabilityWithin(14), 0, need.ProbabilityWithin(14));
        Assert.True(usual.DueDate > asOf.AddDays(40), $"due {usual.DueDate}");
    }

    private static List<DuePurchase> Due(PostPurchaseModel model, DateOnly asOf) =>
        [.. model.DueAsync(new DueQuery { Window = DateWindow.Of(asOf, 40), MinimumProbability = 0.05 }).ToBlockingEnumerable().Where(due => due.ProductId != "soap")];

    private static PostPurchaseModel Train(ProductCatalog? catalog)
    {
        List<OrderLine> lines = [];
        var random = new Random(2);
        for (var c = 0; c < 120; c++)
        {
            // A brush, then heads every two months, mostly of one brand; soap whenever.
            lines.Add(Line($"c{c}", "brush", c % 50));
            for (var day = (c % 50) + 60 + random.Next(6); day < 395; day += 57 + random.Next(9))
                lines.Add(Line($"c{c}", (c % 2 == 0) == (random.NextDouble() < 0.8) ? "heads A" : "heads B", day));
            for (var day = random.Next(30); day < 395; day += 5 + random.Next(30))
                lines.Add(Line($"c{c}", "soap", day));
        }

        for (var i = 0; i < 6; i++)
            lines.AddRange([Line("switcher", i % 2 == 0 ? "heads A" : "heads B", 63 + (61 * i)), Line("faithful", "heads B", 57 + (61 * i))]);
        lines.AddRange([Line("faithful", "brush", 0), Line("owner", "brush", 360), Line("owner", "soap", 385)]);
        return new PostPurchaseTrainer().Train(PurchaseHistory.From(lines, new IngestOptions { Catalog = catalog }));
    }

    private static OrderLine Line(string customer, string product, int day) => new(customer, product, _firstDay.AddDays(day).ToDateTime(TimeOnly.MinValue));
}
