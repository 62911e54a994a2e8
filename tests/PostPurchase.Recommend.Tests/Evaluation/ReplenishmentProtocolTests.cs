using PostPurchase.Recommend.Evaluation;

namespace PostPurchase.Recommend.Tests.Evaluation;

public sealed class ReplenishmentProtocolTests
{
    private static readonly string[] Log =
    [
        "a p 0", "a p 10", "a p 20", "a p 31", "b p 5", "b p 25", "b p 60", "c p 1", "c q 2", "c q 22", "c q 28", "d q 3", "d q 90",
    ];

    [Fact]
    public void Asks_for_pairs_bought_on_two_days_before_and_counts_the_half_open_horizon()
    {
        var protocol = new ReplenishmentProtocol(SmallLog.Of(Log), [SmallLog.Day(30)], [1, 2, 30, 31]);
        var tables = protocol.Report([]).Tables;
        // a p, b p and c q; d q had one purchase by then.
        Assert.All(tables, table => Assert.Equal(3, Size(table, "queries")));
        Assert.Equal([0L, 1, 1, 2], tables.Select(table => Size(table, "purchases within the horizon")));
        Assert.Equal(
            [
                "base rate", "due-date rule", "Poisson-gamma rate", "Poisson-gamma x repeat rate", "logistic regression", "gradient boosting",
                "gradient boosting with visiting rhythm",
            ],
            tables[0].Rows.Select(row => row.Method));
    }

    [Fact]
    public void Rhythm_counts_a_customers_days_and_a_products_sales_before_the_day()
    {
        var log = SmallLog.Of("a p 0", "a q 0", "a p 10", "a q 10", "a p 40", "a q 95", "a p 100", "b q 99", "b p 300");
        var rhythm = new RhythmStatistics(log.Columns, SmallLog.Day(100).DayNumber);
        Assert.Equal((3, 1), (rhythm.Visits(0), rhythm.Visits(1)));
        Assert.Equal((2, 3), (rhythm.Sold(0), rhythm.Sold(1)));
        Assert.Equal(0.6, rhythm.Trend(0), 9);
        Assert.Equal(1.5, rhythm.Trend(1), 9);
    }

    [Fact]
    public void Pairs_that_lapsed_a_year_ago_are_not_asked_about()
    {
        var log = SmallLog.Of("a p 0", "a p 10", "b p 0", "b p 11", "c p 500");
        Assert.Equal(1, Size(new ReplenishmentProtocol(log, [SmallLog.Day(376)], [30]).Report([]).Tables[0], "queries"));
    }

    [Fact]
    public void Outcomes_after_the_day_of_asking_change_no_prediction_of_a_baseline()
    {
        var asked = SmallLog.Day(30);
        var early = new ReplenishmentProtocol(SmallLog.Of([.. Log, "b p 40"]), [asked], [10, 30]).Report([]);
        var late = new ReplenishmentProtocol(SmallLog.Of([.. Log, "b p 59", "e p 33"]), [asked], [10, 30]).Report([]);
        foreach (var (left, right) in early.Tables.Zip(late.Tables))
        {
            foreach (var (a, b) in left.Rows.Zip(right.Rows))
                Assert.Equal(a.Calibration.Select(bin => (bin.Count, bin.MeanPredicted)), b.Calibration.Select(bin => (bin.Count, bin.MeanPredicted)));
        }
    }

    [Fact]
    public void A_log_that_ends_before_the_horizon_does_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new ReplenishmentProtocol(SmallLog.Of(Log), [SmallLog.Day(80)], [14]));
        Assert.Contains("2026-04-01", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ReplenishmentProtocol(SmallLog.Of(Log), [SmallLog.Day(0)], [14]));
        Assert.Throws<ArgumentException>(() => new ReplenishmentProtocol(SmallLog.Of(Log), [SmallLog.Day(30)], [0]));
        Assert.Throws<ArgumentException>(() => new ReplenishmentProtocol(SmallLog.Of(Log), [], [14]));
    }

    [Fact]
    public void Windows_are_held_to_purchases_within_the_horizon_where_the_log_reaches_its_end()
    {
        // Two on the day after, one after the horizon of half a year: bought on days 0 and 10, and asked about on day 20.
        var model = new Constant();
        var log = SmallLog.Of("a p 0", "a p 10", "a p 21", "b p 0", "b p 10", "b p 60", "c p 0", "c p 10", "c p 300");
        var metrics = new ReplenishmentProtocol(log, [SmallLog.Day(20)], [30]).Measure("constant", _ => model)[0].Metrics;
        var coverage = metrics.Single(metric => metric.Name == "window coverage");
        Assert.Equal((0.5, 2), (coverage.Value, coverage.Samples));
        var cut = SmallLog.Of("a p 0", "a p 10", "a p 21", "b p 0", "b p 10", "b p 60");
        Assert.DoesNotContain(new ReplenishmentProtocol(cut, [SmallLog.Day(20)], [30]).Measure("constant", _ => model)[0].Metrics, metric => metric.Name == "window coverage");
    }

    [Fact]
    public void Groups_are_asked_about_as_if_their_products_were_one()
    {
        string[] lines = ["a heads-b 0", "a heads-a 10", "a tea 0", "a tea 10", "a heads-b 21", "b heads-a 0", "b heads-a 0", "b heads-a 18", "b heads-b 60", "c heads-a 5", "c tea 300"];
        var grouped = SmallLog.WithGroups(new() { ["heads-a"] = "heads", ["heads-b"] = "heads" }, lines);
        var protocol = ReplenishmentProtocol.OfGroups(grouped, [SmallLog.Day(20)], [2, 41]);
        var expected = new ReplenishmentProtocol(
            SmallLog.Of([.. lines.Where(line => !line.Contains("tea", StringComparison.Ordinal)).Select(line => line.Replace("-a", "", StringComparison.Ordinal).Replace("-b", "", StringComparison.Ordinal)), "c nothing 300"]),
            [SmallLog.Day(20)],
            [2, 41]);
        // Heads twice by a and twice by b; tea belongs to no group, and c bought heads once.
        Assert.Equal([(2L, 1L), (2L, 2L)], protocol.Report([]).Tables.Select(table => (Size(table, "queries"), Size(table, "purchases within the horizon"))));
        // The due-date rule looks at the gaps of the group alone; the customers' visits, which others look at, are those of all products.
        foreach (var (table, same) in protocol.Report([]).Tables.Zip(expected.Report([]).Tables))
            Assert.Equal(Figures(same.Rows[1]), Figures(table.Rows[1]));

        var model = new PostPurchaseTrainer().Train(SmallLog.WithGroups(new() { ["heads-a"] = "heads", ["heads-b"] = "heads" }, [.. lines.Where(line => int.Parse(line.Split(' ')[2], null) < 20)]));
        var row = protocol.Measure("groups", _ => model)[1];
        var forecasts = model.ForecastGroups([("a", "heads"), ("b", "heads")], SmallLog.Day(20)).Select(forecast => forecast.ProbabilityWithin(41)).ToArray();
        Assert.Equal(-forecasts.Sum(Math.Log) / 2, row.Metrics.Single(metric => metric.Name == "log loss").Value, 9);

        Assert.Contains("Constant", Assert.Throws<ArgumentException>(() => protocol.Measure("constant", _ => new Constant())).Message, StringComparison.Ordinal);
        Assert.Contains("group", Assert.Throws<ArgumentException>(() => ReplenishmentProtocol.OfGroups(SmallLog.Of(lines), [SmallLog.Day(20)], [2])).Message, StringComparison.Ordinal);
        Assert.Contains("group", Assert.Throws<ArgumentException>(() => ReplenishmentProtocol.OfGroups(grouped, [SmallLog.Day(1)], [2])).Message, StringComparison.Ordinal);

        static IEnumerable<(string, double)> Figures(EvaluationRow row) => row.Metrics.Select(metric => (metric.Name, metric.Value));
    }

    private sealed class Constant : IRecommender
    {
        // Three quarters fall due within 20 days, evenly: the window ends after 18.
        public ReplenishmentForecast Forecast(string customerId, string productId, DateOnly asOf) =>
            new(customerId, productId, asOf, Evidence.Own, new PurchaseCurve([20, 180], [0.75f, 0.75f]), 180);

        public RecommendationList Recommend(RecommendationQuery query) => throw new NotSupportedException();

        public IAsyncEnumerable<DuePurchase> DueAsync(DueQuery query, CancellationToken cancellation = default) => throw new NotSupportedException();

        public IReadOnlyList<Complement> GoesWith(ComplementQuery query) => throw new NotSupportedException();
    }

    private static long Size(EvaluationTable table, string what) => table.SampleSizes.Single(size => size.Key == what).Value;
}
