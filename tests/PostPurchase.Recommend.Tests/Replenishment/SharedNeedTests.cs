using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Replenishment;
using PostPurchase.Samples;

namespace PostPurchase.Recommend.Tests.Replenishment;

/// <summary>A store where customers try and change brands, asked with and without knowing which products serve one need.</summary>
public sealed class SharedNeedTests
{
    private static readonly Lazy<(SimulatedStore Store, PurchaseColumns Grouped)> _store = new(() =>
    {
        var store = SimulatedStore.Create(new SimulatedStoreOptions { Customers = 1_000, Seed = 5 });
        return (store, Read(store, store.Lines, grouped: true));
    });

    private static readonly Lazy<ReplenishmentModel> _groups = new(() => Train(GroupColumns.Of(_store.Value.Grouped)));

    [Fact]
    public void Knowing_what_serves_one_need_makes_forecasts_of_products_better()
    {
        var (store, grouped) = _store.Value;
        var apart = Read(store, store.Lines, grouped: false);
        var later = Read(store, store.HeldOut, grouped: false);
        var (with, without, asked) = (0.0, 0.0, 0);
        foreach (var (pair, a, b) in Forecasts(store, Train(grouped), grouped).Zip(Forecasts(store, Train(apart), apart), (a, b) => (a.Pair, a.Forecast, b.Forecast)))
        {
            if (a is not { TimesBought: > 1 })
                continue;
            var bought = DaysAhead(store, later, pair.Customer, pair.Product) < 30;
            asked++;
            with += Loss(a.Value.Curve.At(30), bought);
            without += Loss(b!.Value.Curve.At(30), bought);
        }

        Assert.True(asked > 2_000);
        Assert.True(with < 0.985 * without, $"log loss {with / asked:F4} with groups and {without / asked:F4} without");
    }

    [Fact]
    public void A_need_met_by_another_brand_is_less_urgent_than_one_that_nothing_met()
    {
        // Heads every two months, a quarter of the time of the other brand, and soap now and then.
        var lines = RhythmicLog.Lines(300, [("soap", 20, 0.6, 0)], 600, 12);
        var random = new SeededRandom(11);
        for (var c = 0; c < 300; c++)
        {
            var (usual, other) = c % 2 == 0 ? ("heads A", "heads B") : ("heads B", "heads A");
            for (var day = random.Next(60); day < 600; day += 52 + random.Next(16))
                lines.Add(RhythmicLog.Line($"c{c:D4}", random.NextDouble() < 0.25 ? other : usual, day));
        }

        // Two months after heads A one takes heads B, and another comes for soap.
        foreach (var (customer, last) in new[] { ("met", "heads B"), ("open", "soap") })
            lines.AddRange(Enumerable.Range(1, 10).Select(i => RhythmicLog.Line(customer, i == 10 ? last : "heads A", (60 * i) - 5)));
        var columns = PurchaseHistory.From(lines, new IngestOptions
        {
            Catalog = new ProductCatalog(((string[])["heads A", "heads B"]).Select(id => new CatalogProduct(id, null) { ReplenishmentGroup = "heads" })),
        }).Columns;
        var model = Train(columns);
        var (met, open) = (Within("met", 600), Within("open", 600));
        Assert.True(met < 0.5 * open && open > 0.3, $"{met:P0} after heads of another brand, {open:P0} without");

        double Within(string customer, int asOf) =>
            model.Forecast(columns, columns.Customers.Find(customer), columns.Products.Find("heads A"), columns.FirstDay + asOf).Curve.At(14);
    }

    [Fact]
    public void Windows_and_probabilities_of_groups_hold_what_they_say()
    {
        var (store, grouped) = _store.Value;
        var byGroup = GroupColumns.Of(grouped);
        var later = GroupColumns.Of(Read(store, store.HeldOut, grouped: true));
        var (inside, windows, expected, happened, asked) = (0, 0, 0.0, 0, 0);
        foreach (var (pair, forecast) in Forecasts(store, _groups.Value, byGroup))
        {
            if (forecast is not { TimesBought: > 1 } answer)
                continue;
            var ahead = DaysAhead(store, later, pair.Customer, pair.Product);
            asked++;
            expected += answer.Curve.At(30);
            happened += ahead < 30 ? 1 : 0;
            if (ahead >= answer.HorizonDays || answer.For("", "", store.AsOf).Window() is not { } window)
                continue;
            windows++;
            inside += window.Contains(store.AsOf.AddDays(ahead)) ? 1 : 0;
        }

        Assert.True(windows > 1_500);
        // One standard deviation of 2,400 windows is 1 %.
        Assert.InRange(inside / (double)windows, 0.77, 0.84);
        Assert.InRange(expected / happened, 0.93, 1.07);
    }

    [Fact]
    public void The_interval_of_a_need_is_recovered_also_from_those_who_try_brands()
    {
        var (store, grouped) = _store.Value;
        var byGroup = GroupColumns.Of(grouped);
        List<double> ratios = [];
        foreach (var truth in store.Customers.SelectMany(customer => customer.Pairs.Where(pair => pair.Regularity >= 20 && !pair.HasStopped)))
        {
            var group = byGroup.Products.Find("group " + truth.ProductId[(truth.ProductId.IndexOf('-', StringComparison.Ordinal) + 1)..]);
            var customer = byGroup.Customers.Find(truth.CustomerId);
            var rows = Enumerable.Range(byGroup.CustomerStart[customer], byGroup.CustomerStart[customer + 1] - byGroup.CustomerStart[customer])
                .Where(row => byGroup.Product[row] == group).ToArray();
            if (rows.Length < 6)
                continue;
            var last = byGroup.Day[rows[^1]];
            if (_groups.Value.Forecast(byGroup, customer, group, last + 1).For("", "", DateOnly.FromDayNumber(last + 1)).DueDate is { } due)
                ratios.Add((due.DayNumber - last) / (truth.DaysPerUnit * byGroup.Quantity[rows[^1]]));
        }

        var typical = ratios.Order().ElementAt(ratios.Count / 2);
        Assert.True(ratios.Count > 200, $"{ratios.Count} regular needs");
        Assert.True(typical is > 0.94 and < 1.06, $"{typical:F3} of the true interval at the median of {ratios.Count} needs");
    }

    private static IEnumerable<((string Customer, string Product) Pair, PairForecast? Forecast)> Forecasts(SimulatedStore store, ReplenishmentModel model, PurchaseColumns columns)
    {
        var pairs = PurchasePairs.From(columns);
        var found = new PairForecast?[pairs.Count];
        model.ForEachPair(columns, pairs, 0, columns.Customers.Count, store.AsOf.DayNumber, new TrainingRun(), (pair, forecast) => found[pair] = forecast);
        return Enumerable.Range(0, columns.Customers.Count).SelectMany(customer => Enumerable
            .Range(pairs.CustomerStart[customer], pairs.CustomerStart[customer + 1] - pairs.CustomerStart[customer])
            .Select(pair => ((columns.Customers[customer], columns.Products[pairs.Product[pair]]), found[pair])));
    }

    private static double Loss(double probability, bool happened) => -Math.Log(Math.Clamp(happened ? probability : 1 - probability, 1e-6, 1));

    private static int DaysAhead(SimulatedStore store, PurchaseColumns later, string customerId, string productId)
    {
        var (customer, product) = (later.Customers.Find(customerId), later.Products.Find(productId));
        for (var row = customer < 0 ? 0 : later.CustomerStart[customer]; customer >= 0 && row < later.CustomerStart[customer + 1]; row++)
        {
            if (later.Product[row] == product)
                return later.Day[row] - store.AsOf.DayNumber;
        }

        return int.MaxValue;
    }

    private static PurchaseColumns Read(SimulatedStore store, IEnumerable<OrderLine> lines, bool grouped) => PurchaseHistory.From(
        lines.Select(line => line with { Category = null }),
        new IngestOptions
        {
            Catalog = grouped ? new ProductCatalog(store.Products.Select(product => new CatalogProduct(product.Id, null) { ReplenishmentGroup = product.Family })) : null,
        }).Columns;

    private static ReplenishmentModel Train(PurchaseColumns columns) => new ReplenishmentTrainer(new ReplenishmentOptions()).Train(columns, new TrainingRun());
}
