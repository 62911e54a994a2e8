using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

/// <summary>The due feed of a shop with consumables against asking for the forecast of every customer and product.</summary>
public sealed class DueFeedOfConsumablesTests
{
    private const int Customers = 90;
    private const int Days = 420;
    private static readonly Lazy<(ReplenishmentModel Model, PurchaseColumns Columns)> _shop = new(() =>
    {
        // All know soap; two in three have a brush, and half of those heads for it; one in five a machine, which takes the same heads.
        var lines = RhythmicLog.Lines(Customers, [("soap", 30, 0.4, 0.1)], Days, 4);
        for (var c = 0; c < Customers; c++)
        {
            if (c % 3 > 0)
                lines.Add(RhythmicLog.Line($"c{c:D4}", "brush", c * 4));
            if (c % 5 == 0)
                lines.Add(RhythmicLog.Line($"c{c:D4}", "machine", 20 + (c * 3)));
            for (var i = 1; i < 6 && c % 3 == 1; i++)
                lines.Add(RhythmicLog.Line($"c{c:D4}", "heads", Math.Min(Days - 1, (c * 4) + (i * (40 + (c % 7))))));
        }

        var catalog = new ProductCatalog(
            [new CatalogProduct("brush", null) { ConsumableIds = ["heads"] }, new CatalogProduct("machine", null) { ConsumableIds = ["heads", "soap"] }]);
        var columns = PurchaseHistory.From(lines, new IngestOptions { Catalog = catalog }).Columns;
        var model = new ReplenishmentTrainer(new ReplenishmentOptions()).Train(columns, new TrainingRun());
        return (model, columns);
    });

    [Theory]
    [InlineData(Days, 14, 0, 0.0, 100)]
    [InlineData(Days, 30, 10, 0.05, 2)]
    [InlineData(150, 30, 0, 0.1, 1)]
    [InlineData(250, 7, 3, 0.02, 100)]
    public void Due_is_every_product_bought_and_every_consumable_of_one_that_is_probable_enough(int asOf, int days, int leadDays, double least, int most)
    {
        var (model, columns) = _shop.Value;
        var query = new DueQuery
        {
            Window = DateWindow.Of(RhythmicLog.FirstDay.AddDays(asOf), days),
            LeadDays = leadDays,
            MinimumProbability = least,
            MostPerCustomer = most,
            Statuses = [DueStatus.Due, DueStatus.Late],
            Subscriptions = Enumerable.Range(0, 8).SelectMany(c => new[] { ($"c{c * 4:D4}", "heads"), ($"c{c * 3:D4}", "soap") }).ToHashSet(),
        };
        var expected = Enumerable.Range(0, columns.Customers.Count).SelectMany(c => Expected(c, query)).ToArray();
        var feed = new DueFeed(new ProductForecasts(columns, model, groups: null), columns, PurchasePairs.From(columns), query);
        var all = feed.Find(0, columns.Customers.Count);

        Assert.Equal(expected.Select(e => (e.Customer, e.Product)), all.Select(d => (d.CustomerId, d.ProductId)));
        foreach (var (due, (_, _, probability, forecast)) in all.Zip(expected))
        {
            var answer = forecast.For(due.CustomerId, due.ProductId, query.Window.From, columns.Products);
            Assert.Equal(probability, due.Probability, 1e-6);
            Assert.Equal(
                (answer.DueDate, answer.Window(), answer.Evidence, forecast.Status, answer.BaseProductId), (due.DueDate, due.Window, due.Evidence, due.Status, due.BaseProductId));
        }

        Assert.Contains(all, due => due.BaseProductId == "brush");
        // What is just as probable as asked for is probable enough.
        var edge = query with { MinimumProbability = all.Min(due => due.Probability) };
        Assert.Equal(all, new DueFeed(new ProductForecasts(columns, model, groups: null), columns, PurchasePairs.From(columns), edge).Find(0, columns.Customers.Count));
        // A part of the customers has its part of the feed.
        var part = all.Where(due => columns.Customers.Find(due.CustomerId) is >= 20 and < 50);
        Assert.Equal(part, feed.Find(20, 50));
    }

    [Fact]
    public void A_reminder_keeps_its_key_whichever_base_product_makes_it_likelier_that_day()
    {
        var (model, columns) = _shop.Value;
        var feed = Enumerable.Range(0, 40).SelectMany(week =>
        {
            var query = new DueQuery { Window = DateWindow.Of(RhythmicLog.FirstDay.AddDays(300 + (3 * week)), 30), MinimumProbability = 0 };
            return new DueFeed(new ProductForecasts(columns, model, groups: null), columns, PurchasePairs.From(columns), query).Find(0, columns.Customers.Count);
        });
        // All machines and brushes of these were bought before.
        var reminders = feed.Where(due => due.BaseProductId is not null && columns.Customers.Find(due.CustomerId) < 70).GroupBy(due => (due.CustomerId, due.ProductId, due.Status)).ToArray();
        Assert.Contains(reminders, days => days.Select(due => due.BaseProductId).Distinct().Count() == 2);
        Assert.All(reminders, days => Assert.Single(days.Select(due => due.IdempotencyKey).Distinct()));
        Assert.Equal(reminders.Length, reminders.Select(days => days.First().IdempotencyKey).Distinct().Count());
    }

    private static IEnumerable<(string Customer, string Product, double Probability, PairForecast Forecast)> Expected(int customer, DueQuery query)
    {
        var (model, columns) = _shop.Value;
        var asOf = query.Window.From.DayNumber;
        var bought = Enumerable.Range(columns.CustomerStart[customer], columns.CustomerStart[customer + 1] - columns.CustomerStart[customer])
            .Where(row => columns.Day[row] < asOf).Select(row => columns.Products[columns.Product[row]]).ToHashSet();
        var due = bought.ToHashSet();
        if (bought.Contains("brush"))
            due.Add("heads");
        if (bought.Contains("machine"))
            due.UnionWith(["heads", "soap"]);
        return due.Where(product => !query.Subscriptions.Contains((columns.Customers[customer], product)))
            .Select(product => (Product: product, Forecast: model.Forecast(columns, customer, columns.Products.Find(product), asOf)))
            .Select(x => (Customer: columns.Customers[customer], x.Product, Probability: x.Forecast.Curve.At(query.LeadDays + query.Window.Days) - x.Forecast.Curve.At(query.LeadDays), x.Forecast))
            .Where(x => x.Forecast.Evidence != Evidence.NotPredictable && x.Probability >= query.MinimumProbability && query.Statuses.Contains(x.Forecast.Status))
            .OrderByDescending(x => x.Probability).ThenBy(x => x.Product, StringComparer.Ordinal).Take(query.MostPerCustomer);
    }
}
