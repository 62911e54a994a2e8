using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class GroupForecastsTests
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void A_base_product_that_its_category_hides_still_speaks_for_the_need(bool isGroup, bool isLinkNamed)
    {
        // Whoever buys a brush comes for heads of either brand, which the catalogue says or not. Brushes lie in one category with what everybody buys, so that a
        // history by groups shows no brush, and who bought a thing has none.
        List<OrderLine> lines = [RhythmicLog.Line("owner", "thing 1", 30), RhythmicLog.Line("owner", "brush", 660)];
        var random = new SeededRandom(5);
        for (var c = 0; c < 300; c++)
        {
            for (var i = 0; i < 12; i++)
                lines.Add(RhythmicLog.Line($"c{c}", $"thing {random.Next(40)}", random.Next(700)));
            if (c >= 45)
                continue;
            var day = 100 + random.Next(300);
            lines.Add(RhythmicLog.Line($"c{c}", "brush", day));
            for (day += 57; day < 700; day += 52 + random.Next(10))
                lines.Add(RhythmicLog.Line($"c{c}", c % 3 == 0 ? "heads B" : "heads A", day));
        }

        string[] heads = ["heads A", "heads B"];
        var columns = PurchaseHistory.From(
            lines.Select(line => line with { Category = !heads.Contains(line.ProductId) ? "things" : isGroup ? null : "heads" }),
            new IngestOptions
            {
                Catalog = new ProductCatalog(
                [
                    .. heads.Where(_ => isGroup).Select(id => new CatalogProduct(id, null) { ReplenishmentGroup = "heads" }),
                    new CatalogProduct("brush", null) { ConsumableIds = isLinkNamed ? heads : [] },
                ]),
            }).Columns;
        var trainer = new ReplenishmentTrainer(new ReplenishmentOptions());
        var model = trainer.Train(columns, new TrainingRun());
        var groups = new GroupForecasts(columns, trainer.Train(GroupColumns.Of(columns), new TrainingRun()), model);
        var asOf = RhythmicLog.FirstDay.AddDays(700);
        var owner = columns.Customers.Find("owner");
        var brush = columns.Products.Find("brush");

        var products = new ProductForecasts(columns, model, groups);
        var (a, b) = (products.Forecast(owner, columns.Products.Find("heads A"), asOf.DayNumber), products.Forecast(owner, columns.Products.Find("heads B"), asOf.DayNumber));
        Assert.Equal((brush, brush), (a.BaseProduct, b.BaseProduct));
        Assert.True(a.Curve.At(30) > b.Curve.At(30) && b.Curve.At(30) > 0.05, $"{a.Curve.At(30)} and {b.Curve.At(30)}");
        var need = groups.Forecast([("owner", "heads"), ("c299", "heads"), ("nobody", "heads")], asOf, new TrainingRun());
        Assert.Equal(("heads", "brush", 40, a.Curve.At(30)), (need[0].ReplenishmentGroup, need[0].BaseProductId, need[0].DaysSinceBase, need[0].ProbabilityWithin(30)));
        // Who has no brush waits for nothing.
        Assert.All(need[1..], forecast => Assert.True(forecast is { BaseProductId: null } && forecast.ProbabilityWithin(30) < 0.02, forecast.ToString()));
    }
}
