using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

/// <summary>What is bought is used from its delivery on, also what has not come yet when the question is asked.</summary>
public sealed class DeliveryTests
{
    [Theory]
    // The two before took six and four days, the store's usual three count as a third: due to come after 13 / 3 days.
    [InlineData(70, 61, -3 - (1 / 3.0))]
    [InlineData(70, 64, -1 / 3.0)]
    // Nobody knows yet that it is late.
    [InlineData(70, 66, 1 + (2 / 3.0))]
    [InlineData(70, 70, 5 + (2 / 3.0))]
    [InlineData(70, 71, 1)]
    [InlineData(70, 90, 20)]
    // Never heard of a delivery.
    [InlineData(0, 61, -3 - (1 / 3.0))]
    [InlineData(0, 90, 26 - (1 / 3.0))]
    public void A_purchase_on_its_way_is_expected_when_others_came(int delivered, int asOf, double waited)
    {
        var columns = PurchaseHistory.From([Delivered(0, 6), Delivered(30, 34), delivered == 0 ? RhythmicLog.Line("c", "p", 60) : Delivered(60, delivered)]).Columns;
        var own = new PairPurchases(columns, PurchasePairs.From(columns), 0, RhythmicLog.FirstDay.DayNumber + asOf);
        Assert.Equal(waited, own.DaysWaited(3), 9);
    }

    [Fact]
    public void Deliveries_that_take_ages_are_summed_up_without_overflow()
    {
        // 700 customers wait nearly ten thousand years each: more days than an int holds.
        DateTime first = new(1, 1, 2), delivered = new(9_998, 1, 1), again = new(9_999, 1, 1);
        var lines = Enumerable.Range(0, 700).SelectMany(c => new[] { first, again }.Select(day => new OrderLine($"c{c}", "p", day) { DeliveredAt = delivered }));
        var columns = PurchaseHistory.From(lines).Columns;
        Assert.Equal((delivered - first).Days, new GapCollector(columns, PurchasePairs.From(columns), columns.LastDay + 1).DeliveryDays);
    }

    [Fact]
    public void A_delivery_on_the_day_asked_about_or_later_is_not_known_yet()
    {
        var random = new SeededRandom(8);
        for (var draw = 0; draw < 50; draw++)
        {
            var asOf = 1 + random.Next(200);
            OrderLine[] lines = [.. Enumerable.Range(0, 8).Select(_ => random.Next(200)).Distinct().Append(0).Distinct().Select(day => Delivered(day, day + random.Next(40)))];
            var then = RhythmicLog.FirstDay.AddDays(asOf).ToDateTime(TimeOnly.MinValue);
            // One more keeps a log of deliveries what it is.
            var (later, known) = (Own(lines), Own(lines.Select(line => line.DeliveredAt < then ? line : line with { DeliveredAt = null })));
            Assert.Equal(known.DaysWaited(3), later.DaysWaited(3));
            Assert.Equal(known.DeliveryDays(3), later.DeliveryDays(3));
            Assert.Equal(Enumerable.Range(0, known.Count).Select(known.UseDay), Enumerable.Range(0, later.Count).Select(later.UseDay));

            PairPurchases Own(IEnumerable<OrderLine> some)
            {
                var columns = PurchaseHistory.From(some.Append(Delivered(0, 1) with { ProductId = "q" })).Columns;
                return new PairPurchases(columns, PurchasePairs.From(columns), 0, RhythmicLog.FirstDay.DayNumber + asOf);
            }
        }
    }

    [Fact]
    public void Where_no_delivery_is_known_a_purchase_is_used_at_once()
    {
        var columns = PurchaseHistory.From([RhythmicLog.Line("c", "p", 0), RhythmicLog.Line("c", "p", 60)]).Columns;
        var own = new PairPurchases(columns, PurchasePairs.From(columns), 0, RhythmicLog.FirstDay.DayNumber + 61);
        Assert.Equal(1, own.DaysWaited(3));
    }

    [Fact]
    public void The_usual_days_are_those_of_gaps_that_have_ended_and_are_stored()
    {
        var columns = PurchaseHistory.From([Delivered(0, 6), Delivered(30, 34), Delivered(60, 99)]).Columns;
        var priors = GapPriorsEstimator.Estimate(columns, PurchasePairs.From(columns), columns.LastDay + 1, new ReplenishmentOptions());
        Assert.Equal(5, priors.DeliveryDays);
        using var stream = new MemoryStream();
        priors.Write(new SectionWriter(stream));
        stream.Position = 0;
        var read = GapPriors.Read(new SectionReader("replenishment", stream, stream.Length));
        Assert.Equal((5, priors.Memory, priors.ReturnStrength), (read.DeliveryDays, read.Memory, read.ReturnStrength));
    }

    [Fact]
    public void What_is_on_its_way_counts_as_waited_for_half_a_day_where_a_logarithm_is_asked()
    {
        Assert.Equal(Math.Log(0.5), new PairGap(3, 0.5, 0.8, -4).LogWaited);
        Assert.Equal(Math.Log(7), new PairGap(3, 0.5, 0.8, 7).LogWaited);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void Right_after_a_purchase_the_next_one_is_due_an_interval_later_however_long_deliveries_take(int deliveryDays)
    {
        const int Interval = 40;
        OrderLine[] lines = [.. RhythmicLog.Lines(150, [("heads", Interval, 0.1, 0.02)], 600, 3)
            .Select(line => deliveryDays == 0 ? line : line with { DeliveredAt = line.PlacedAt.AddDays(deliveryDays) })];
        var columns = PurchaseHistory.From(lines).Columns;
        var model = new ReplenishmentTrainer(new ReplenishmentOptions()).Train(columns, new TrainingRun());
        List<double> intervals = [];
        for (var customer = 0; customer < columns.Customers.Count; customer++)
        {
            var last = columns.Day[columns.CustomerStart[customer + 1] - 1];
            var asked = DateOnly.FromDayNumber(last + 1);
            var forecast = model.Forecast(columns, customer, 0, last + 1);
            if (forecast.TimesBought > 3 && forecast.For("c", "heads", asked).DueDate is { } due)
                intervals.Add(due.DayNumber - last);
        }

        Assert.True(intervals.Count > 100, $"{intervals.Count} dates");
        Assert.InRange(intervals.Order().ElementAt(intervals.Count / 2), 0.95 * Interval, 1.05 * Interval);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public void The_typical_gap_is_that_between_two_purchases_however_long_deliveries_take(int deliveryDays)
    {
        var columns = PurchaseHistory.From(Enumerable.Range(0, 60).SelectMany(c => Enumerable.Range(0, 10).Select(i => RhythmicLog.Line($"c{c}", "p", (c % 30) + (40 * i))))
            .Select(line => deliveryDays == 0 ? line : line with { DeliveredAt = line.PlacedAt.AddDays(deliveryDays) })).Columns;
        var model = new ReplenishmentTrainer(new ReplenishmentOptions()).Train(columns, new TrainingRun());
        var asOf = RhythmicLog.FirstDay.AddDays(360 + 33);
        var forecast = model.Forecast(columns, columns.Customers.Find("c0"), 0, asOf.DayNumber).For("c0", "p", asOf);
        Assert.Equal(40, forecast.TypicalGapDays!.Value, 0.5);
        Assert.StartsWith("bought 10 times, about every 40 days, last 33 days ago", forecast.ToString(), StringComparison.Ordinal);
    }

    private static OrderLine Delivered(int day, int delivered) =>
        RhythmicLog.Line("c", "p", day) with { DeliveredAt = RhythmicLog.FirstDay.AddDays(delivered).ToDateTime(TimeOnly.MinValue) };
}
