using MathNet.Numerics.Distributions;
using PostPurchase.Recommend.Customers;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Customers;

/// <summary>A shop with hardly a repeat order yet is told something sober, and more as more customers come back.</summary>
public sealed class YoungShopTests
{
    private static readonly DateOnly First = new(2024, 3, 1);
    private static readonly TrainingRun Run = new();

    [Theory]
    [InlineData(20, 30)]
    [InlineData(50, 30)]
    [InlineData(50, 90)]
    [InlineData(200, 60)]
    [InlineData(200, 365)]
    public void The_more_customers_have_come_back_the_more_orders_are_expected_of_anybody(int customers, int days)
    {
        for (ulong seed = 1; seed <= 4; seed++)
        {
            var (orders, again) = (0.0, 0.0);
            foreach (var repeats in (int[])[0, 1, 2, 3, 5, 10])
            {
                var (columns, model) = Shop(Lines(customers, days, repeats, seed));
                // Nothing of what the last customer has done depends on the others' repeats.
                var outlook = Ask(columns, model, $"c{customers - 1:D3}", 180);
                Assert.True(outlook.ExpectedOrders >= orders * (1 - 1e-6), $"{repeats} repeats, seed {seed}: {orders} orders expected, now {outlook.ExpectedOrders}");
                Assert.True(model.ProbabilityOfSecondOrder(100) >= again * (1 - 1e-6), $"{repeats} repeats, seed {seed}: {again} come back, now {model.ProbabilityOfSecondOrder(100)}");
                (orders, again) = (outlook.ExpectedOrders, model.ProbabilityOfSecondOrder(100));
                Assert.Equal(1, model.Visits.Regularity);
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 30)]
    [InlineData(10, 2)]
    [InlineData(50, 30)]
    [InlineData(200, 30)]
    [InlineData(50, 300)]
    public void Without_a_repeat_order_some_are_expected_but_not_many(int customers, int days)
    {
        foreach (var leavesAtStart in (bool[])[true, false])
        {
            var (columns, model) = Shop(Lines(customers, days, 0, 1), new CustomerOptions { LeavesAtStart = leavesAtStart });
            foreach (var customer in Enumerable.Range(0, customers))
            {
                var outlook = model.Outlook(columns, "someone", customer, DateOnly.FromDayNumber(columns.LastDay + 1), 365);
                Assert.InRange(outlook.ExpectedOrders, 0.01, 4);
                Assert.InRange(outlook.ProbabilityOfOrder, 0.01, 0.9);
                Assert.InRange(outlook.ProbabilityAlive!.Value, 0.2, 1);
                Assert.InRange(outlook.ExpectedOrderValue!.Value, 15, 25);
            }

            Assert.InRange(model.ProbabilityOfSecondOrder(100), 0.01, 0.7);
        }
    }

    [Fact]
    public void Somebody_who_bought_yesterday_is_likely_still_a_customer()
    {
        foreach (var repeats in (int[])[0, 1, 3, 10])
        {
            var (columns, model) = Shop(Lines(50, 60, repeats, 4));
            Assert.InRange(Ask(columns, model, "c049", 30).ProbabilityAlive!.Value, 0.4, 0.95);
        }
    }

    [Fact]
    public void Time_that_runs_slower_for_all_changes_nothing_but_its_unit()
    {
        var lines = Lines(40, 60, 6, 2);
        var (columns, model) = Shop(lines);
        var (slowColumns, slow) = Shop([.. lines.Select(line => line with { PlacedAt = At(3 * line.PlacedAt.Subtract(At(0)).Days) })]);
        // Both logs end with the day of their last order, one day in either: asked, and therefore compared, at the same distance from it.
        Assert.InRange(slow.Visits.RateScale / model.Visits.RateScale, 2.85, 3.15);
        Assert.InRange(slow.ProbabilityOfSecondOrder(300) / model.ProbabilityOfSecondOrder(100), 0.97, 1.03);
        Assert.InRange(Ask(slowColumns, slow, "c005", 540).ExpectedOrders / Ask(columns, model, "c005", 180).ExpectedOrders, 0.95, 1.05);
        // Without days in the way, exactly.
        var records = Enumerable.Range(1, 30).Select(i => new VisitRecord(i % 5 == 0 ? 2 : 0, i % 5 == 0 ? i / 6.0 : 0, i / 3.0, i % 5 == 0 ? 2 * Math.Log(i / 12.0) : 0)).ToArray();
        var slowRecords = records.Select(record => record with { LastAt = 10 * record.LastAt, ObservedFor = 10 * record.ObservedFor, SumLogGaps = record.SumLogGaps + (record.Repeats * Math.Log(10)) });
        var fit = VisitProcessTrainer.FitRegularity(records, 4, true, Run, new VisitPrior(10));
        var slowFit = VisitProcessTrainer.FitRegularity([.. slowRecords], 4, true, Run, new VisitPrior(100));
        Assert.InRange(slowFit.RateScale / (10 * fit.RateScale), 1 - 1e-4, 1 + 1e-4);
        Assert.InRange(slowFit.LeaveWeight / fit.LeaveWeight, 1 - 1e-4, 1 + 1e-4);
    }

    [Fact]
    public void All_dates_may_move()
    {
        var lines = Lines(40, 60, 3, 2);
        var (columns, model) = Shop(lines);
        var (laterColumns, later) = Shop([.. lines.Select(line => line with { PlacedAt = line.PlacedAt.AddDays(1_234) })]);
        Assert.Equal((model.Visits, model.Spend), (later.Visits, later.Spend));
        var (outlook, moved) = (Ask(columns, model, "c002", 90), Ask(laterColumns, later, "c002", 90));
        Assert.Equal(outlook, moved with { AsOf = outlook.AsOf });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_shop_of_one_customer_with_one_order_answers(bool priced)
    {
        var (columns, model) = Shop([new OrderLine("one", "p", At(0)) { UnitPrice = priced ? 30 : null }]);
        var outlook = Ask(columns, model, "one", 365);
        Assert.Equal(1, outlook.Orders);
        Assert.InRange(outlook.ExpectedOrders, 0.3, 4);
        Assert.InRange(outlook.ProbabilityOfOrder, 0.2, 0.8);
        Assert.InRange(outlook.ProbabilityAlive!.Value, 0.4, 0.9);
        Assert.Equal(priced, outlook.ExpectedOrderValue is not null);
        Assert.Equal(30, outlook.ExpectedOrderValue ?? 30, 0.1);
    }

    [Fact]
    public void Young_shops_are_told_the_chance_of_orders_better_than_by_likelihood_alone_and_almost_as_well_as_by_the_truth()
    {
        var truth = new VisitProcess(1, 0.8, 8, 1, 2, LeavesAtStart: true);
        var source = new MathNetSource(11);
        var (alone, weighed, known) = (0.0, 0.0, 0.0);
        for (var shop = 0; shop < 10; shop++)
        {
            var (records, later) = Simulate(truth, 40, 60 / 7.0, 90 / 7.0, source);
            alone += LogLoss(VisitProcessTrainer.FitRegularity(records, 4, true, Run), records, later) / 10;
            weighed += LogLoss(VisitProcessTrainer.FitRegularity(records, 4, true, Run, new VisitPrior(60 / 7.0)), records, later) / 10;
            known += LogLoss(truth, records, later) / 10;
        }

        Assert.True(weighed < alone - 0.1, $"{weighed} instead of {alone}");
        Assert.True(weighed < known + 0.04, $"{weighed} where {known} is possible");
    }

    [Fact]
    public void Many_customers_outweigh_what_was_held_likely()
    {
        var truth = new VisitProcess(2, 1.33, 2.8, 0.42, 0.8, LeavesAtStart: true);
        var (records, _) = Simulate(truth, 1_500, 52, 0, new MathNetSource(12));
        var alone = VisitProcessTrainer.FitRegularity(records, 4, true, Run);
        var weighed = VisitProcessTrainer.FitRegularity(records, 4, true, Run, new VisitPrior(52));
        Assert.Equal((2, 2), (alone.Regularity, weighed.Regularity));
        Assert.InRange(weighed.RateShape / alone.RateShape, 0.99, 1.01);
        Assert.InRange(weighed.RateScale / alone.RateScale, 0.99, 1.01);
        Assert.InRange(weighed.LeaveWeight / alone.LeaveWeight, 0.99, 1.01);
        Assert.InRange(weighed.StayWeight / alone.StayWeight, 0.99, 1.01);
    }

    [Fact]
    public void What_an_order_costs_is_known_before_anybody_orders_twice_and_hardly_jumps_when_some_do()
    {
        double? before = null;
        for (var repeats = 0; repeats <= 20; repeats++)
        {
            var (columns, model) = Shop(Lines(40, 60, repeats, 3));
            var mean = columns.UnitPrice.Average(price => (double)price);
            var value = model.Spend!.ExpectedValue(new SpendRecord(0, 0));
            Assert.InRange(value / mean, 0.8, 1.25);
            Assert.InRange(value / (before ?? value), 0.93, 1.07);
            before = value;
            // One dear order makes a dear customer likelier, and is not taken for all to come.
            Assert.InRange(model.Spend.ExpectedValue(new SpendRecord(1, 10 * mean)), 2 * mean, 9.9 * mean);
        }
    }

    private static (PurchaseColumns Columns, CustomerModel Model) Shop(IReadOnlyList<OrderLine> lines, CustomerOptions? options = null)
    {
        var columns = PurchaseHistory.From(lines).Columns;
        return (columns, new CustomerTrainer(options ?? new CustomerOptions()).Train(columns, Run));
    }

    private static CustomerOutlook Ask(PurchaseColumns columns, CustomerModel model, string customer, int days) =>
        model.Outlook(columns, customer, columns.Customers.Find(customer), DateOnly.FromDayNumber(columns.LastDay + 1), days);

    // First orders come evenly; so many customers, drawn from all but the last one, come back once, the same whatever their number.
    private static List<OrderLine> Lines(int customers, int days, int repeats, ulong seed)
    {
        var random = new SeededRandom(seed);
        var lines = Enumerable.Range(0, customers).Select(c => Order(c, First(c))).ToList();
        var back = Enumerable.Range(0, customers - 1).Where(c => First(c) < days - 1).OrderBy(_ => random.NextDouble()).ToArray();
        for (var i = 0; i < repeats; i++)
            lines.Add(Order(back[i % back.Length], First(back[i % back.Length]) + 1 + random.Next(days - 1 - First(back[i % back.Length]))));
        return lines;

        int First(int customer) => customers == 1 ? days - 1 : customer * (days - 1) / (customers - 1);

        OrderLine Order(int customer, int day) => new($"c{customer:D3}", "p", At(day)) { UnitPrice = 15 + (customer * 7 % 11) };
    }

    private static DateTime At(int day) => First.AddDays(day).ToDateTime(TimeOnly.MinValue);

    private static double LogLoss(VisitProcess process, VisitRecord[] records, bool[] later) =>
        records.Zip(later, (record, ordered) =>
        {
            var chance = Math.Clamp(process.ProbabilityOfVisit(record, 90 / 7.0), 1e-6, 1 - 1e-6);
            return -Math.Log(ordered ? chance : 1 - chance);
        }).Average();

    // Customers who first come at any time within the weeks.
    private static (VisitRecord[] Records, bool[] Later) Simulate(VisitProcess truth, int customers, double weeks, double ahead, MathNetSource source)
    {
        var (records, later) = (new VisitRecord[customers], new bool[customers]);
        for (var c = 0; c < customers; c++)
        {
            var rate = Gamma.Sample(source, truth.RateShape, truth.RateScale);
            var leave = Beta.Sample(source, truth.LeaveWeight, truth.StayWeight);
            var watched = weeks * source.NextDouble();
            var (at, repeats, last, logs) = (0.0, 0, 0.0, 0.0);
            while (source.NextDouble() >= leave)
            {
                var gap = Gamma.Sample(source, truth.Regularity, rate);
                at += gap;
                later[c] |= at > watched && at <= watched + ahead;
                if (at > watched)
                    break;
                (repeats, last, logs) = (repeats + 1, at, logs + Math.Log(gap));
            }

            records[c] = new VisitRecord(repeats, last, watched, logs);
        }

        return (records, later);
    }
}
