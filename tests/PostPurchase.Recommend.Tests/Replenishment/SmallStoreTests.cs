using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

/// <summary>Stores too small to learn much from, of which there are more kinds than anyone thinks of: whatever the log, there are answers.</summary>
public sealed class SmallStoreTests
{
    [Fact]
    public void Random_small_stores_are_learned_and_answered_without_a_number_that_is_none()
    {
        for (var seed = 0; seed < 24; seed++)
        {
            var random = new SeededRandom((ulong)seed);
            var (customers, products, days) = (1 + random.Next(90), 1 + random.Next(20), 1 + random.Next(900));
            var (rate, loyalty) = (random.NextDouble(), random.NextDouble());
            List<OrderLine> lines = [];
            for (var c = 0; c < customers; c++)
            {
                for (var day = random.Next(days); day < days; day += 1 + (int)(random.NextDouble() * 60 * rate))
                {
                    var product = random.NextDouble() < loyalty ? c % products : random.Next(products);
                    lines.Add(RhythmicLog.Line($"c{c}", $"p{product}", day) with
                    {
                        Quantity = 1 + random.Next(1 << random.Next(20)),
                        UnitPrice = Math.Exp(6 * random.NextNormal()),
                        Category = seed % 3 == 0 ? $"g{product % 3}" : null,
                    });
                    if (random.NextDouble() < 0.02)
                        break;
                }
            }

            var columns = PurchaseHistory.From(lines).Columns;
            var model = new ReplenishmentTrainer(new ReplenishmentOptions()).Train(columns, new TrainingRun());
            var asOf = DateOnly.FromDayNumber(columns.LastDay + 1 + random.Next(400));
            var pairs = PurchasePairs.From(columns);
            var answered = 0;
            model.ForEachPair(columns, pairs, 0, columns.Customers.Count, asOf.DayNumber, new TrainingRun { Threads = 1 }, (pair, forecast) =>
            {
                var full = forecast.For("c", "p", asOf);
                Assert.InRange(full.ProbabilityWithin(30), 0, full.ProbabilityEver);
                Assert.InRange(full.ProbabilityEver, 0, 1);
                Assert.True(full.IsPredictable ? full.Window()!.Value.Contains(full.DueDate!.Value) : full.Window() is null, full.ToString());
                answered++;
            });
            Assert.Equal(pairs.Count, answered);
            for (var c = 0; c < columns.Customers.Count; c++)
            {
                var outlook = model.Snapshot.Customers.Outlook(columns, columns.Customers[c], c, asOf, 365);
                Assert.InRange(outlook.ProbabilityAlive!.Value, 0, 1);
                Assert.InRange(outlook.ExpectedOrders, 0, 1e6);
                Assert.True(outlook.ExpectedValue is null or >= 0 && !double.IsNaN(outlook.ExpectedValue ?? 0));
            }
        }
    }

    [Fact]
    public void In_logs_of_basket_numbers_those_who_have_fallen_silent_are_not_waited_for()
    {
        // Each is learned from a single day and is off by up to 0.08 within a week, on either side; the gap curve alone by 0.1 on one side.
        var off = Enumerable.Range(1, 3).Select(seed => WaitedForInVain(new SeededRandom((ulong)seed))).ToArray();
        Assert.InRange(off.Average(each => each.Week), -0.05, 0.05);
        Assert.InRange(off.Average(each => each.Month), -0.08, 0.08);
    }

    [Fact]
    public void Gaps_three_times_as_long_give_windows_three_times_as_long()
    {
        var (width, typical, due) = Sizes(1);
        var (longWidth, longTypical, longDue) = Sizes(3);
        Assert.InRange(longTypical / typical, 2.85, 3.15);
        // Segments of hazards and whole days stay as they are.
        Assert.InRange(longWidth / width, 2.4, 3.6);
        Assert.InRange(longDue / due, 2.4, 3.6);
    }

    // Purchases again expected less those that happen, a pair: every customer comes daily, until after a basket in twelve there is no other.
    private static (double Week, double Month) WaitedForInVain(SeededRandom random)
    {
        List<OrderLine> lines = [];
        for (var c = 0; c < 1_500; c++)
        {
            var taste = Enumerable.Range(0, 6).Select(_ => random.Next(40)).ToArray();
            for (var basket = 0; basket == 0 || random.NextDouble() > 1 / 12.0; basket++)
                lines.AddRange(taste.Where(_ => random.NextDouble() < 0.2).Select(product => RhythmicLog.Line($"c{c}", $"p{product}", basket)));
        }

        var asOf = RhythmicLog.FirstDay.DayNumber + 20;
        var all = PurchaseHistory.From(lines).Columns;
        var pairs = PurchasePairs.From(all);
        var model = new ReplenishmentTrainer(new ReplenishmentOptions()).Train(HistorySplit.Before(all, asOf), new TrainingRun());
        var (asked, week, month) = (0, 0.0, 0.0);
        model.ForEachPair(all, pairs, 0, all.Customers.Count, asOf, new TrainingRun { Threads = 1 }, (pair, forecast) =>
        {
            var own = new PairPurchases(all, pairs, pair, asOf);
            if (own.Count < 2)
                return;
            asked++;
            week += forecast.Curve.At(7) - Happened(7);
            month += forecast.Curve.At(30) - Happened(30);

            int Happened(int days)
            {
                var next = pairs.RowStart[pair] + own.Count;
                return next < pairs.RowStart[pair + 1] && all.Day[pairs.Row[next]] < asOf + days ? 1 : 0;
            }
        });
        return (week / asked, month / asked);
    }

    private static (double Width, double Typical, double Due) Sizes(int scale)
    {
        var lines = RhythmicLog.Lines(120, [("heads", 25 * scale, 0.3, 0.08), ("soap", 15 * scale, 0.3, 0.08)], 365 * scale, 3);
        var columns = PurchaseHistory.From(lines).Columns;
        var options = new ReplenishmentOptions { HorizonDays = 90 * scale, PriorGapDays = 45 * scale };
        var model = new ReplenishmentTrainer(options).Train(columns, new TrainingRun());
        List<(double, double, double)> sizes = [];
        for (var customer = 0; customer < columns.Customers.Count; customer++)
        {
            var asOf = columns.Day[columns.CustomerStart[customer + 1] - 1] + 1;
            var forecast = model.Forecast(columns, customer, 0, asOf).For("c", "heads", DateOnly.FromDayNumber(asOf));
            if (forecast is { TimesBought: > 3, IsPredictable: true })
                sizes.Add((forecast.Window()!.Value.Days, forecast.TypicalGapDays!.Value, forecast.DueDate!.Value.DayNumber - asOf));
        }

        Assert.True(sizes.Count > 40, $"{sizes.Count} windows");
        return (sizes.Average(size => size.Item1), sizes.Average(size => size.Item2), sizes.Average(size => size.Item3));
    }
}
