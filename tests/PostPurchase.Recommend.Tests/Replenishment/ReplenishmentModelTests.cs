using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class ReplenishmentModelTests
{
    private const int Days = 500;
    private static readonly Lazy<List<OrderLine>> _lines = new(() =>
    {
        var lines = RhythmicLog.Lines(150, [("heads", 60, 0.15, 0.1), ("soap", 25, 0.4, 0.05), ("gift", 200, 1, 0.9)], Days, 1);
        for (var day = 5; day < Days; day += 30)
            lines.Add(RhythmicLog.Line("clock", "heads", day));
        return lines;
    });

    private static readonly Lazy<PurchaseColumns> _columns = new(() => PurchaseHistory.From(_lines.Value).Columns);
    private static readonly Lazy<ReplenishmentModel> _model = new(() => Train(_columns.Value));

    private static int AsOf => RhythmicLog.FirstDay.DayNumber + Days;

    [Fact]
    public void A_customer_like_clockwork_is_due_on_the_day()
    {
        // Last bought on day 485, so day 515 is due: 15 days ahead, within five per cent of the 30 days' gap.
        var forecast = Ask("clock", "heads").For("clock", "heads", DateOnly.FromDayNumber(AsOf));
        Assert.Equal(Evidence.Own, forecast.Evidence);
        Assert.InRange(forecast.DueDate!.Value.DayNumber - AsOf, 12, 18);
        Assert.InRange(forecast.TypicalGapDays!.Value, 28, 32);
        Assert.Equal((17, 15), (forecast.TimesBought, forecast.DaysSinceLast));
        Assert.Contains("bought 17 times, about every", forecast.ToString(), StringComparison.Ordinal);
        Assert.True(forecast.Window(0.5)!.Value.Days < forecast.Window(0.9)!.Value.Days);
    }

    [Fact]
    public void Nothing_after_the_day_of_asking_is_looked_at()
    {
        var asOf = AsOf - 100;
        var cut = HistorySplit.Before(_columns.Value, asOf);
        for (var customer = 0; customer < 20; customer++)
        {
            Same(_model.Value.Forecast(cut, customer, 0, asOf), _model.Value.Forecast(_columns.Value, customer, 0, asOf));
            Same(_model.Value.Forecast(cut, customer, 2, asOf), _model.Value.Forecast(_columns.Value, customer, 2, asOf));
        }
    }

    [Fact]
    public void All_pairs_at_once_are_the_same_as_one_by_one()
    {
        var (columns, pairs) = (_columns.Value, PurchasePairs.From(_columns.Value));
        var forecasts = new PairForecast[pairs.Count];
        _model.Value.ForEachPair(columns, pairs, 0, columns.Customers.Count, AsOf, new TrainingRun { Threads = 3 }, (pair, forecast) => forecasts[pair] = forecast);
        for (var customer = 0; customer < columns.Customers.Count; customer++)
        {
            for (var pair = pairs.CustomerStart[customer]; pair < pairs.CustomerStart[customer + 1]; pair++)
                Same(_model.Value.Forecast(columns, customer, pairs.Product[pair], AsOf), forecasts[pair]);
        }
    }

    [Fact]
    public void Threads_and_a_round_trip_change_no_byte()
    {
        var bytes = Bytes(_model.Value);
        Assert.Equal(bytes, Bytes(Train(_columns.Value, new TrainingRun { Threads = 1 })));
        var read = ReplenishmentModel.Read(new SectionReader("replenishment", new MemoryStream(bytes), bytes.Length));
        Assert.Equal(bytes, Bytes(read));
        Same(Ask("clock", "soap"), read.Forecast(_columns.Value, _columns.Value.Customers.Find("clock"), _columns.Value.Products.Find("soap"), AsOf));
    }

    [Fact]
    public void A_damaged_section_is_a_format_error_and_never_a_crash()
    {
        var bytes = Bytes(_model.Value);
        for (var length = 0; length < bytes.Length; length += 1 + (bytes.Length / 97))
            Assert.Throws<ModelFormatException>(() => ReplenishmentModel.Read(new SectionReader("replenishment", new MemoryStream(bytes, 0, length), length)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(400)]
    public void A_log_moved_in_time_moves_every_answer(int days)
    {
        var moved = PurchaseHistory.From(_lines.Value.Select(line => line with { PlacedAt = line.PlacedAt.AddDays(days) })).Columns;
        var model = Train(moved);
        for (var customer = 0; customer < moved.Customers.Count; customer += 7)
            Same(_model.Value.Forecast(_columns.Value, customer, 1, AsOf), model.Forecast(moved, customer, 1, AsOf + days), exceptLastDay: true);
    }

    [Fact]
    public void Somebody_or_something_unknown_is_answered()
    {
        foreach (var (customer, product) in (ReadOnlySpan<(int, int)>)[(-1, 0), (0, -1), (-1, -1)])
        {
            var forecast = _model.Value.Forecast(_columns.Value, customer, product, AsOf);
            Assert.InRange(forecast.Curve.At(30), 0, 1);
            Assert.Equal(0, forecast.TimesBought);
        }
    }

    [Fact]
    public void Odd_but_valid_logs_never_give_a_number_that_is_none()
    {
        List<OrderLine> lines = [];
        for (var day = 0; day < 40 * 365; day++)
            lines.Add(RhythmicLog.Line("daily", "milk", day - (38 * 365)) with { Quantity = day % 97 == 0 ? 1e30 : 1e-20 });
        lines.Add(RhythmicLog.Line("once", "milk", 700));
        for (var i = 0; i < 300; i++)
            lines.Add(RhythmicLog.Line($"one day {i:D3}", $"p{i % 7}", 700) with { UnitPrice = 1e12 });
        foreach (var log in (OrderLine[][])[[.. lines], [lines[^1]], [.. lines.TakeLast(300)], []])
        {
            var columns = PurchaseHistory.From(log).Columns;
            var model = Train(columns);
            var pairs = PurchasePairs.From(columns);
            model.ForEachPair(columns, pairs, 0, columns.Customers.Count, columns.LastDay + 1, new TrainingRun(), (_, forecast) =>
            {
                var full = forecast.For("c", "p", DateOnly.FromDayNumber(columns.LastDay + 1));
                Assert.InRange(full.ProbabilityWithin(30), 0, 1);
                Assert.InRange(full.ProbabilityEver, 0, 1);
                Assert.True(double.IsFinite(full.TypicalGapDays!.Value));
                Assert.Equal(full.IsPredictable, full.Window() is not null);
            });
            Assert.InRange(model.Forecast(columns, -1, -1, columns.LastDay + 1).Curve.At(60), 0, 1);
        }
    }

    [Fact]
    public void Options_list_every_error_at_once()
    {
        var error = Assert.Throws<InvalidOptionsException>(() => new ReplenishmentOptions
        {
            PriorGapDays = 0,
            PriorGaps = double.NaN,
            ReturnPriorPurchases = -1,
            LeastSpread = 0,
            HorizonDays = 0,
            WidestWindowShare = 0,
            MostLearningPairs = 1,
            MostRegressionRows = 1,
            RegressionPriorRows = 0,
        }.Validate());
        Assert.Equal(9, error.Errors.Count);
    }

    private static PairForecast Ask(string customer, string product) => _model.Value.Forecast(
        _columns.Value, _columns.Value.Customers.Find(customer), _columns.Value.Products.Find(product), AsOf);

    private static ReplenishmentModel Train(PurchaseColumns columns, TrainingRun? run = null) =>
        new ReplenishmentTrainer(new ReplenishmentOptions()).Train(columns, run ?? new TrainingRun());

    private static byte[] Bytes(ReplenishmentModel model)
    {
        using var stream = new MemoryStream();
        model.Write(new SectionWriter(stream));
        return stream.ToArray();
    }

    private static void Same(in PairForecast expected, in PairForecast actual, bool exceptLastDay = false)
    {
        Assert.Equal(
            (expected.Evidence, expected.HorizonDays, expected.TimesBought, expected.Gap, exceptLastDay ? 0 : expected.LastDay),
            (actual.Evidence, actual.HorizonDays, actual.TimesBought, actual.Gap, exceptLastDay ? 0 : actual.LastDay));
        foreach (var days in HazardCurve.Knots)
            Assert.Equal(expected.Curve.At(days), actual.Curve.At(days));
    }
}
