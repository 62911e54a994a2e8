using PostPurchase.Recommend.Evaluation;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Tests.Orders;

namespace PostPurchase.Recommend.Tests.Evaluation;

public sealed class NextBasketProtocolTests
{
    // Popularity: p 4 baskets, q 3, r 1, s 1. Customer a repeats p, b buys t, which nobody knows, and q again.
    private static readonly string[] History =
        ["a p 0", "a q 0", "a p 5", "b q 1", "b q 3", "b p 3", "c r 2", "c p 4", "d s 6"];

    [Fact]
    public void Held_out_baskets_are_scored_against_lists_with_repeats()
    {
        var protocol = NextBasketProtocol.FromHeldOut(
            SmallLog.Of(History),
            SmallLog.Of("a p 9", "b q 9", "b t 9"),
            new Dictionary<string, DateOnly> { ["a"] = SmallLog.Day(9), ["b"] = SmallLog.Day(9), ["z"] = SmallLog.Day(9) });
        Assert.Equal(2, protocol.CustomerCount);
        var report = protocol.Report([]);
        var personal = Metrics(report, "P-TopFreq");
        Assert.Equal((1 + 0.5) / 2, personal["recall@10"].Value, 12);
        Assert.Equal((1 + (1 / (1 + (1 / Math.Log2(3))))) / 2, personal["ndcg@10"].Value, 12);
        Assert.Equal(1, personal["repeat recall@10"].Value);
        Assert.Equal(2, personal["repeat recall@10"].Samples);
        Assert.Equal(0, personal["new recall@10"].Value);
        Assert.Equal(1, personal["new recall@10"].Samples);
        // G-TopFreq: p q r s for everyone; b's q is at the second place.
        var popular = Metrics(report, "G-TopFreq");
        Assert.Equal((1 + (1 / Math.Log2(3) / (1 + (1 / Math.Log2(3))))) / 2, popular["ndcg@10"].Value, 12);
        Assert.Equal(1, popular["coverage@10"].Value);
        Assert.Equal(2.0 / 4, personal["coverage@10"].Value);
    }

    [Fact]
    public void Nothing_on_or_after_a_customers_day_reaches_training_or_a_baseline()
    {
        var asOf = new Dictionary<string, DateOnly> { ["a"] = SmallLog.Day(9), ["b"] = SmallLog.Day(9) };
        var truth = SmallLog.Of("a p 9", "b q 9");
        var before = NextBasketProtocol.FromHeldOut(SmallLog.Of([.. History, "a s 9", "b s 10"]), truth, asOf);
        var after = NextBasketProtocol.FromHeldOut(SmallLog.Of([.. History, "a r 9", "b r 30", "a q 11"]), truth, asOf);
        Assert.Equal(before.Training.PurchaseCount, after.Training.PurchaseCount);
        Assert.Equal(9, after.Training.PurchaseCount);
        foreach (var (left, right) in before.Report([]).Tables[0].Rows.Zip(after.Report([]).Tables[0].Rows))
            Assert.Equal(left.Metrics, right.Metrics);
    }

    [Fact]
    public void White_space_around_the_ids_asked_about_is_removed_as_a_logs_is()
    {
        var (log, truth) = (SmallLog.Of(History), SmallLog.Of("a p 9", "b q 9"));
        var plain = NextBasketProtocol.FromHeldOut(log, truth, new Dictionary<string, DateOnly> { ["a"] = SmallLog.Day(4), ["b"] = SmallLog.Day(9) });
        var padded = NextBasketProtocol.FromHeldOut(log, truth, new Dictionary<string, DateOnly> { [" a"] = SmallLog.Day(4), ["b "] = SmallLog.Day(9) });
        Assert.Equal((2, 8), (padded.CustomerCount, padded.Training.PurchaseCount));
        Assert.Equal(Metrics(plain.Report([]), "P-TopFreq"), Metrics(padded.Report([]), "P-TopFreq"));
        Assert.Throws<ArgumentException>(() => NextBasketProtocol.FromHeldOut(
            log, truth, new Dictionary<string, DateOnly> { [" a"] = SmallLog.Day(4), ["a"] = SmallLog.Day(9) }));
    }

    [Fact]
    public void Without_a_truth_file_the_last_basket_is_held_out()
    {
        var protocol = NextBasketProtocol.HoldOutLastBasket(SmallLog.Of(History));
        // d has one basket only and is trained on.
        Assert.Equal(3, protocol.CustomerCount);
        Assert.Equal(5, protocol.Training.PurchaseCount);
        Assert.Throws<ArgumentException>(() => NextBasketProtocol.HoldOutLastBasket(SmallLog.Of("a p 1", "b p 1")));
    }

    [Fact]
    public void What_is_known_from_held_out_baskets_alone_is_not_known_to_training()
    {
        string[] before = ["a p 0", "a q 5", "b p 1", "b q 3", "c p 6"];
        string[] heldOut = ["a new 9", "b new 9", "b q 9"];
        var asOf = new Dictionary<string, DateOnly> { ["a"] = SmallLog.Day(9), ["b"] = SmallLog.Day(9) };
        var (last, given) = (NextBasketProtocol.HoldOutLastBasket(SmallLog.Of([.. before, .. heldOut])), NextBasketProtocol.FromHeldOut(SmallLog.Of(before), SmallLog.Of(heldOut), asOf));
        var uncut = NextBasketProtocol.FromHeldOut(SmallLog.Of([.. before, .. heldOut]), SmallLog.Of(heldOut), asOf);
        foreach (var protocol in new[] { last, given, uncut })
        {
            Assert.Equal(["p", "q"], protocol.Training.ProductIds);
            SameColumns.Check(given.Training.Columns, protocol.Training.Columns);
            Assert.Equal(given.Report([]).Tables[0].SampleSizes, protocol.Report([]).Tables[0].SampleSizes);
            Assert.Equal((0, 2), NewRecall(protocol.Measure("all", query => Everything(protocol.Training, query), new TrainingRun())));
        }
    }

    [Fact]
    public void Returns_after_the_day_of_asking_change_nothing()
    {
        OrderLine Line(string customer, string product, int day, double quantity = 1) =>
            new(customer, product, SmallLog.Day(day).ToDateTime(TimeOnly.MinValue)) { Quantity = quantity };
        OrderLine[] before = [Line("a", "p", 0), Line("a", "q", 4, 2), Line("a", "q", 6, -1), Line("b", "p", 1), Line("b", "r", 3)];
        OrderLine[] heldOut = [Line("a", "p", 9), Line("b", "s", 9)];
        // Everything comes back once the question has been asked, on its very day or later: r is gone for good, and so are the baskets asked about.
        OrderLine[] returns = [Line("a", "q", 9, -1), Line("b", "r", 9, -1), Line("a", "p", 12, -2), Line("b", "p", 20, -1), Line("b", "s", 20, -1)];
        var asOf = new Dictionary<string, DateOnly> { ["a"] = SmallLog.Day(9), ["b"] = SmallLog.Day(9) };
        var expected = NextBasketProtocol.FromHeldOut(PurchaseHistory.From(before), PurchaseHistory.From(heldOut), asOf);
        NextBasketProtocol[] later =
        [
            NextBasketProtocol.FromHeldOut(PurchaseHistory.From([.. before, .. returns]), PurchaseHistory.From(heldOut), asOf),
            NextBasketProtocol.HoldOutLastBasket(PurchaseHistory.From([.. before, .. heldOut, .. returns])),
        ];
        Assert.Equal(4, expected.Training.PurchaseCount);
        foreach (var protocol in later)
        {
            SameColumns.Check(expected.Training.Columns, protocol.Training.Columns);
            foreach (var (left, right) in expected.Report([]).Tables[0].Rows.Zip(protocol.Report([]).Tables[0].Rows))
                Assert.Equal(left.Metrics, right.Metrics);
        }
    }

    [Fact]
    public void Coverage_is_a_share_of_all_products_that_can_be_listed_those_only_looked_at_included()
    {
        OrderLine[] looks = [.. new[] { "v", "w", "x" }.Select(product => new OrderLine("a", product, SmallLog.Day(2).ToDateTime(TimeOnly.MinValue)) { Kind = InteractionKind.View })];
        OrderLine[] bought = [.. new[] { 0, 5 }.SelectMany(day => new[] { "a", "b" }.Select(customer => new OrderLine(customer, "p", SmallLog.Day(day).ToDateTime(TimeOnly.MinValue))))];
        var protocol = NextBasketProtocol.HoldOutLastBasket(PurchaseHistory.From([.. bought, .. looks]));
        var (all, popular) = (protocol.Measure("all", query => Everything(protocol.Training, query), new TrainingRun()), Metrics(protocol.Report([]), "G-TopFreq"));
        Assert.Equal((1, 4), all.Metrics.Where(metric => metric.Name == "coverage@10").Select(metric => (metric.Value, metric.Samples)).Single());
        Assert.Equal((0.25, 4), (popular["coverage@10"].Value, popular["coverage@10"].Samples));
        Assert.Equal(4, protocol.Report([]).Tables[0].SampleSizes.Single(size => size.Key == "products").Value);
    }

    [Fact]
    public void Threads_change_no_figure()
    {
        var protocol = NextBasketProtocol.HoldOutLastBasket(SmallLog.Of(History));
        var one = protocol.Report([], new TrainingRun { Threads = 1 }).Tables[0].Rows;
        var two = protocol.Report([], new TrainingRun { Threads = 2 }).Tables[0].Rows;
        foreach (var (left, right) in one.Zip(two))
            Assert.Equal(left.Metrics, right.Metrics);
    }

    // Who fills a list with all the ids there are must not hit a launch by it.
    private static RecommendationList Everything(PurchaseHistory training, RecommendationQuery query) =>
        new(query.CustomerId, query.AsOf!.Value, true, [.. training.ProductIds.Select(id => new Recommendation(id, 0.5, Evidence.Population, new RecommendationReason { Kind = ReasonKind.Popular }))]);

    private static (double Value, int Samples) NewRecall(EvaluationRow row) =>
        row.Metrics.Where(metric => metric.Name == "new recall@10").Select(metric => (metric.Value, metric.Samples)).Single();

    private static Dictionary<string, MetricValue> Metrics(EvaluationReport report, string method) =>
        report.Tables[0].Rows.Single(row => row.Method == method).Metrics.ToDictionary(metric => metric.Name);
}
