using System.Globalization;
using PostPurchase.Recommend.Evaluation;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Evaluation;

public sealed class CustomerLevelProtocolTests
{
    // a: 10, 20, 45 (held out); b: 8, 12 (held out); c: 5, which stays; d: one visit.
    private static readonly string[] Log = ["a p 0", "a q 10", "a p 30", "a r 75", "b p 1", "b q 1", "b p 9", "b p 21", "c p 2", "c p 7", "d p 3"];

    [Fact]
    public void Baselines_predict_the_last_interval_from_the_earlier_ones()
    {
        var protocol = new CustomerLevelProtocol(SmallLog.Of(Log));
        Assert.Equal(2, protocol.CustomerCount);
        // All visits but the two held-out ones.
        Assert.Equal(8, protocol.Training.PurchaseCount);
        var errors = protocol.Report([]).Tables[0].Rows.ToDictionary(row => row.Method, row => row.Metrics[0].Value);
        Assert.Equal((35.0 + 2) / 2, errors["global median"], 12);
        Assert.Equal((30.0 + 4) / 2, errors["own mean"], 12);
        Assert.Equal((25.0 + 4) / 2, errors["last gap"], 12);
        // b has one known interval and gets the mean of 10, 20 and 8.
        Assert.Equal((30 + Math.Abs((38.0 / 3) - 12)) / 2, errors["marketing rule"], 12);
        var prior = Math.Log(10.0 * 20 * 8 * 5) / 4;
        Assert.Equal(
            (45 - Math.Exp((Math.Log(200) + prior) / 3) + 12 - Math.Exp((Math.Log(8) + prior) / 2)) / 2, errors["log-mean shrunk"], 12);
    }

    [Fact]
    public void A_log_without_two_intervals_is_refused() =>
        Assert.Throws<ArgumentException>(() => new CustomerLevelProtocol(SmallLog.Of("a p 0", "a p 10", "b p 3")));

    [Fact]
    public void Orders_ahead_count_days_in_the_half_open_window()
    {
        var table = new CustomerLevelProtocol(SmallLog.Of(Log)).CompareOrders(SmallLog.Day(9), 21);
        // Before day 9: a, b, c and d. In [9, 30): a once, b twice.
        Assert.Equal([4L, 3L], table.SampleSizes.Select(size => size.Value));
        Assert.All(table.Rows, row => Assert.Equal(0.75, row.Metrics.Single(metric => metric.Name == "mean observed").Value));
        Assert.Equal(["own rate so far", "BG/NBD", "MBG/NBD", "PostPurchase.Recommend"], table.Rows.Select(row => row.Method));
        // Weeks observed: a 9/7 with 1 order, b 8/7 with 1, c 1 with 2, d 6/7 (taken as 1) with 1; three weeks ahead.
        Assert.Equal(
            ((3 / (9 / 7.0)) + (3 / (8 / 7.0)) + 6 + 3) / 4, table.Rows[0].Metrics.Single(metric => metric.Name == "mean predicted").Value, 10);
        // Two of the four order at all.
        Assert.All(table.Rows, row => Assert.Equal(0.5, row.Calibration.Sum(bin => bin.Observed * bin.Count) / row.Calibration.Sum(bin => bin.Count), 12));
        // Rates that high leave the own rate next to sure of all four, in the last of ten bins.
        double[] sure = [.. new[] { 3 / (9 / 7.0), 3 / (8 / 7.0), 6, 3 }.Select(orders => 1 - Math.Exp(-orders))];
        Assert.Equal(sure.Average() - 0.5, table.Rows[0].Metrics.Single(metric => metric.Name == "calibration").Value, 10);
        Assert.Throws<ArgumentException>(() => new CustomerLevelProtocol(SmallLog.Of(Log)).CompareOrders(SmallLog.Day(70), 21));
        Assert.Throws<ArgumentException>(() => new CustomerLevelProtocol(SmallLog.Of(Log)).CompareOrders(SmallLog.Day(0), 21));
    }

    [Fact]
    public void What_came_back_on_the_day_of_asking_or_later_had_been_ordered()
    {
        var (asOf, days) = (SmallLog.Day(9), 21);
        var plain = Compare("e s 4", "e t 8");
        // All that d ever bought, the first visit of a and the second of e; b's, which came back sooner, is none to begin with.
        Assert.Equal(plain, Compare("e s 4", "e t 8", "d p 9 return", "a p 12 return", "e t 70 return", "b r 3", "b r 8 return"));
        Assert.NotEqual(plain, Compare("e s 4", "e t 8", "e t 8 return"));

        string[] Compare(params string[] more) =>
        [
            .. new CustomerLevelProtocol(SmallLog.Of([.. Log, .. more])).CompareOrders(asOf, days).Rows
                .SelectMany(row => row.Metrics.Select(metric => $"{row.Method}: {metric}")),
        ];
    }

    [Fact]
    public void A_measurement_that_is_cancelled_ends()
    {
        var protocol = new CustomerLevelProtocol(SmallLog.Of(Log));
        var model = new PostPurchaseTrainer().Train(protocol.Training);
        var cancelled = new TrainingRun { Cancellation = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() => protocol.Measure("ours", model, cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => protocol.Report([], cancelled));
    }

    [RealDataFact("customer-level/grocery_elog.csv.gz")]
    public void Baselines_reproduce_the_published_errors_on_grocery_elog()
    {
        var log = Grocery();
        var protocol = new CustomerLevelProtocol(log);
        Assert.Equal(779, protocol.CustomerCount);
        Assert.Equal(
            ["global median 62.0 22.0", "own mean 60.5 25.5", "last gap 66.9 24.0", "marketing rule 56.3 24.5", "log-mean shrunk 54.3 19.3"],
            protocol.Report([]).Tables[0].Rows.Select(row =>
                string.Create(CultureInfo.InvariantCulture, $"{row.Method} {row.Metrics[0].Value:F1} {row.Metrics[1].Value:F1}")));
    }

    [RealDataFact("customer-level/grocery_elog.csv.gz")]
    public void Last_intervals_on_grocery_elog_are_dated_and_held_by_windows()
    {
        var protocol = new CustomerLevelProtocol(Grocery());
        var metrics = protocol.Measure("ours", new PostPurchaseTrainer().Train(protocol.Training)).Metrics.ToDictionary(metric => metric.Name, metric => metric.Value);
        Assert.InRange(metrics["mean absolute error"], 40, 52.2);
        Assert.InRange(metrics["median absolute error"], 10, 18.5);
        Assert.InRange(metrics["window coverage"], 0.77, 0.83);
    }

    private static PurchaseHistory Grocery()
    {
        using var file = new System.IO.Compression.GZipStream(
            File.OpenRead(Path.Combine(Repository.Data, "customer-level/grocery_elog.csv.gz")), System.IO.Compression.CompressionMode.Decompress);
        using var text = new StreamReader(file);
        return PurchaseHistory.From(text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Trim().Split(','))
            .Select(fields => new OrderLine(fields[0], "any", DateTime.Parse(fields[1], CultureInfo.InvariantCulture))));
    }
}
