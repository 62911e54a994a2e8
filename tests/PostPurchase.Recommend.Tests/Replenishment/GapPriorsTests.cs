using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class GapPriorsTests
{
    [Fact]
    public void Gap_spread_and_share_that_ends_are_recovered_from_censored_purchases()
    {
        var priors = Estimate(RhythmicLog.Lines(800, [("heads", 90, 0.3, 0.2), ("soap", 25, 0.5, 0.05)], 730, 1));
        Near(Math.Log(90), priors.Of(0).LogGap, 0.05);
        Near(0.8, priors.Of(0).ReturnShare, 0.04);
        Near(Math.Log(25), priors.Of(1).LogGap, 0.05);
        Near(0.95, priors.Of(1).ReturnShare, 0.03);
        Assert.InRange(priors.Of(0).Spread, 0.25, 0.37);
        Assert.InRange(priors.Of(1).Spread, 0.4, 0.55);
    }

    [Fact]
    public void The_quantity_exponent_is_recovered()
    {
        var priors = Estimate(RhythmicLog.Lines(400, [("coffee", 20, 0.3, 0.1)], 730, 2, quantityExponent: 0.7));
        Near(0.7, priors.QuantityExponent, 0.07);
        Assert.InRange(Estimate(RhythmicLog.Lines(400, [("coffee", 20, 0.3, 0.1)], 730, 2)).QuantityExponent, 0, 0.05);
    }

    [Fact]
    public void A_double_pack_is_due_later()
    {
        var lines = RhythmicLog.Lines(300, [("coffee", 20, 0.3, 0.1)], 730, 3, quantityExponent: 0.7);
        foreach (var (customer, last) in (ReadOnlySpan<(string, int)>)[("one", 1), ("two", 4)])
        {
            for (var day = 600; day <= 720; day += 30)
                lines.Add(RhythmicLog.Line(customer, "coffee", day) with { Quantity = day == 720 ? last : 1 });
        }

        var columns = PurchaseHistory.From(lines).Columns;
        var pairs = PurchasePairs.From(columns);
        var asOf = RhythmicLog.FirstDay.DayNumber + 725;
        var priors = GapPriorsEstimator.Estimate(columns, pairs, asOf, new ReplenishmentOptions());
        double Gap(string customer) => PairGap.Of(
            new PairPurchases(columns, pairs, pairs.Find(columns.Customers.Find(customer), 0), asOf), priors.Of(0), priors).LogGap;
        Assert.InRange(Gap("two") - Gap("one"), 0.4, 1.0);
    }

    [Fact]
    public void A_new_larger_pack_is_believed_to_last_longer_as_those_of_its_category_do()
    {
        // Brands of four sizes, one unit lasting ten days; a fifth and a sixth size have been bought once.
        var lines = RhythmicLog.Lines(200, [("a1", 10, 0.3, 0.1), ("b2", 20, 0.3, 0.1), ("c4", 40, 0.3, 0.1), ("d8", 80, 0.3, 0.1)], 730, 4);
        lines.Add(RhythmicLog.Line("c0001", "e1", 700));
        lines.Add(RhythmicLog.Line("c0001", "f8", 700));
        OrderLine[] categorised = [.. lines.Select(line => line with { Category = "tabs" })];
        var catalog = new ProductCatalog(lines.Select(line => line.ProductId).Distinct().Select(id => new CatalogProduct(id, null) { PackSize = id[1] - '0' }));
        double Longer(IngestOptions? options)
        {
            var columns = PurchaseHistory.From(categorised, options).Columns;
            var priors = GapPriorsEstimator.Estimate(columns, PurchasePairs.From(columns), columns.LastDay + 1, new ReplenishmentOptions());
            return priors.Of(columns.Products.Find("f8")).LogGap - priors.Of(columns.Products.Find("e1")).LogGap;
        }

        Near(0, Longer(null), 0.001);
        // A ridge of a product of twice the size holds the exponent a little below one.
        Near(0.8 * Math.Log(8), Longer(new IngestOptions { Catalog = catalog }), 0.25);
    }

    [Fact]
    public void A_product_nobody_rebuys_leans_on_its_category_and_that_on_all()
    {
        var lines = RhythmicLog.Lines(300, [("a1", 30, 0.3, 0.1), ("b1", 120, 0.3, 0.1)], 730, 4);
        lines = [.. lines.Select(line => line with { Category = line.ProductId[..1] })];
        lines.Add(RhythmicLog.Line("c0001", "a2", 500) with { Category = "a" });
        lines.Add(RhythmicLog.Line("c0001", "b2", 500) with { Category = "b" });
        lines.Add(RhythmicLog.Line("c0001", "z", 500));
        var columns = PurchaseHistory.From(lines).Columns;
        var priors = GapPriorsEstimator.Estimate(columns, PurchasePairs.From(columns), columns.LastDay + 1, new ReplenishmentOptions());
        double Gap(string product) => priors.Of(columns.Products.Find(product)).LogGap;
        Near(Math.Log(30), Gap("a2"), 0.25);
        Near(Math.Log(120), Gap("b2"), 0.25);
        Assert.InRange(Gap("z"), Gap("a2"), Gap("b2"));
        Assert.Equal(priors.Population, priors.Of(-1));
        Evidence Of(string product, int timesBought = 1) => priors.EvidenceOf(columns.Products.Find(product), timesBought);
        Assert.Equal((Evidence.Product, Evidence.Category, Evidence.Population), (Of("a1"), Of("a2"), Of("z")));
        Assert.Equal((Evidence.Own, Evidence.Population), (Of("z", 2), Of("nothing")));
    }

    [Fact]
    public void Use_starts_with_the_delivery()
    {
        OrderLine[] lines = [RhythmicLog.Line("c", "p", 0) with { DeliveredAt = RhythmicLog.FirstDay.AddDays(6).ToDateTime(TimeOnly.MinValue) }, RhythmicLog.Line("c", "p", 30)];
        var columns = PurchaseHistory.From(lines).Columns;
        var own = new PairPurchases(columns, PurchasePairs.From(columns), 0, RhythmicLog.FirstDay.DayNumber + 40);
        Assert.Equal((24, 10), (own.Gap(0), own.Gap(1)));
    }

    private static GapPriors Estimate(List<OrderLine> lines)
    {
        var columns = PurchaseHistory.From(lines).Columns;
        return GapPriorsEstimator.Estimate(columns, PurchasePairs.From(columns), columns.LastDay + 1, new ReplenishmentOptions());
    }

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.InRange(actual, expected - tolerance, expected + tolerance);
}
