using PostPurchase.Recommend.Customers;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Tests.Customers;

public sealed class CustomerModelTests
{
    private static readonly DateOnly _first = new(2023, 1, 1);
    private static readonly DateOnly _asOf = new(2024, 1, 1);

    [Fact]
    public void Parameters_are_recovered_from_simulated_customers()
    {
        var truth = new VisitProcess(2, 1.5, 3, 0.8, 2.5, LeavesAtStart: true);
        var fit = VisitProcessTrainer.FitRegularity(Simulate(truth, 6_000, 104, 5), 4, leavesAtStart: true, new TrainingRun());
        Assert.Equal(2, fit.Regularity);
        // Four to five standard errors with this many customers.
        Assert.InRange(fit.RateShape, 1.35, 1.65);
        Assert.InRange(fit.RateScale, 2.6, 3.4);
        Assert.InRange(fit.LeaveWeight / (fit.LeaveWeight + fit.StayWeight), 0.21, 0.275);
    }

    [Fact]
    public void Chances_are_calibrated_on_simulated_customers()
    {
        var truth = new VisitProcess(3, 1.5, 2, 0.8, 2.5, LeavesAtStart: true);
        var (records, later) = SimulateAhead(truth, 20_000, 52, 8, 6);
        var predicted = records.Select(record => truth.ProbabilityOfVisit(record, 8)).ToArray();
        foreach (var bin in Enumerable.Range(0, predicted.Length).GroupBy(i => (int)(predicted[i] * 5)))
        {
            var happened = bin.Average(i => later[i] > 0 ? 1.0 : 0.0);
            var expected = bin.Average(i => predicted[i]);
            // Four standard deviations of a share of that many customers.
            Assert.InRange(happened - expected, -2 / Math.Sqrt(bin.Count()), 2 / Math.Sqrt(bin.Count()));
        }
    }

    [Fact]
    public void A_silent_customer_is_less_alive_and_worth_less_than_a_recent_one()
    {
        var (columns, model) = Shop();
        var recent = model.Outlook(columns, "recent", columns.Customers.Find("recent"), _asOf, 90);
        var silent = model.Outlook(columns, "silent", columns.Customers.Find("silent"), _asOf, 90);
        Assert.True(recent.ProbabilityAlive > silent.ProbabilityAlive);
        Assert.True(recent.ProbabilityOfOrder > silent.ProbabilityOfOrder);
        Assert.True(recent.ExpectedOrders > silent.ExpectedOrders);
        Assert.True(recent.ExpectedValue > silent.ExpectedValue);
        Assert.InRange(recent.ExpectedValue!.Value, 0.9 * recent.ExpectedOrders * recent.ExpectedOrderValue!.Value, recent.ExpectedOrders * recent.ExpectedOrderValue.Value);
    }

    [Fact]
    public void Visits_expected_one_by_one_add_up_to_those_that_happen_for_regular_customers_too()
    {
        var truth = new VisitProcess(3, 1.5, 2, 0.8, 2.5, LeavesAtStart: true);
        var (records, later) = SimulateAhead(truth, 20_000, 52, 26, 8);
        var approximate = records.Sum(record => truth.ExpectedVisits(record, 26));
        Assert.True(approximate < 0.97 * later.Sum(), $"{approximate} of {later.Sum()}: nothing to set right");
        // Two standard errors of what so many customers do; also of those who wait for their next visit for long and for short.
        Assert.InRange(records.Sum(record => truth.ExactVisits(record, 26)) / later.Sum(), 0.975, 1.025);
        foreach (var part in Enumerable.Range(0, records.Length).GroupBy(i => (int)(4 * records[i].LastAt / 52.001)))
            Assert.InRange(part.Sum(i => truth.ExactVisits(records[i], 26)) / part.Sum(i => later[i]), 0.9, 1.1);
    }

    [Fact]
    public void Purchases_on_or_after_the_day_are_not_looked_at()
    {
        var (columns, model) = Shop();
        var customer = columns.Customers.Find("recent");
        var early = model.Outlook(columns, "recent", customer, _first.AddDays(100), 30);
        Assert.Equal(4, early.Orders);
        var cut = HistorySplit.Before(columns, _first.AddDays(100).DayNumber);
        Assert.Equal(early, model.Outlook(cut, "recent", customer, _first.AddDays(100), 30));
    }

    [Fact]
    public void Somebody_unknown_has_no_orders_and_the_value_of_anyone()
    {
        var (columns, model) = Shop();
        var outlook = model.Outlook(columns, "nobody", -1, _asOf, 30);
        Assert.Equal((0, null, 0), (outlook.Orders, outlook.ProbabilityAlive, outlook.ExpectedOrders));
        Assert.InRange(outlook.ExpectedOrderValue!.Value, 5, 60);
    }

    [Fact]
    public void The_second_order_becomes_likelier_with_time()
    {
        var (_, model) = Shop();
        Assert.InRange(model.ProbabilityOfSecondOrder(100), model.ProbabilityOfSecondOrder(10), 1);
    }

    [Fact]
    public void A_written_model_reads_back_and_damage_is_noticed()
    {
        var (columns, model) = Shop();
        using var stream = new MemoryStream();
        model.Write(new SectionWriter(stream));
        var bytes = stream.ToArray();
        var read = CustomerModel.Read(new SectionReader("customers", new MemoryStream(bytes), bytes.Length));
        Assert.Equal(
            model.Outlook(columns, "recent", columns.Customers.Find("recent"), _asOf, 30),
            read.Outlook(columns, "recent", columns.Customers.Find("recent"), _asOf, 30));
        bytes[11] = 0xff;
        Assert.Throws<ModelFormatException>(() => CustomerModel.Read(new SectionReader("customers", new MemoryStream(bytes), bytes.Length)));
    }

    [Fact]
    public void An_empty_shop_and_threads_change_nothing_for_the_worse()
    {
        var empty = PurchaseHistory.From([]).Columns;
        Assert.InRange(new CustomerTrainer(new CustomerOptions()).Train(empty, new TrainingRun()).ProbabilityOfSecondOrder(100), 0.01, 0.99);
        var (columns, _) = Shop();
        Assert.Equal(
            new CustomerTrainer(new CustomerOptions()).Train(columns, new TrainingRun { Threads = 1 }).Visits,
            new CustomerTrainer(new CustomerOptions()).Train(columns, new TrainingRun { Threads = 3 }).Visits);
    }

    [Fact]
    public void Visitors_who_only_looked_change_nothing_of_how_customers_come()
    {
        var random = new SeededRandom(9);
        List<OrderLine> lines = [];
        for (var c = 0; c < 500; c++)
        {
            for (var (day, i) = (random.Next(300), 0); day < 365 && i <= c % 4; day += 5 + random.Next(60), i++)
                lines.Add(Line($"c{c:D3}", day, 10 + random.Next(20)));
        }

        var options = new CustomerOptions { MostLearningCustomers = 200 };
        var alone = new CustomerTrainer(options).Train(PurchaseHistory.From(lines).Columns, new TrainingRun());
        lines.AddRange(Enumerable.Range(0, 5_000).Select(v => Line($"c{random.Next(500):D3}v{v}", random.Next(300), 10) with { Kind = InteractionKind.View }));
        var among = new CustomerTrainer(options).Train(PurchaseHistory.From(lines).Columns, new TrainingRun());
        Assert.Equal((alone.Visits, alone.Spend), (among.Visits, among.Spend));
    }

    [Fact]
    public void Spend_is_pulled_to_the_mean_of_all()
    {
        var process = new SpendProcess(6, 4, 15);
        var all = process.ExpectedValue(new SpendRecord(0, 0));
        Assert.Equal(6 * 15 / 3.0, all, 12);
        var one = process.ExpectedValue(new SpendRecord(1, 100));
        var many = process.ExpectedValue(new SpendRecord(20, 100));
        Assert.True(all < one && one < many && many < 100);
    }

    [Fact]
    public void Options_list_every_error_at_once()
    {
        var error = Assert.Throws<InvalidOptionsException>(() =>
            new CustomerOptions { MostRegularity = 0, MostLearningCustomers = 1, DiscountPerYear = -1 }.Validate());
        Assert.Equal(3, error.Errors.Count);
        new CustomerOptions { MostRegularity = 12, MostLearningCustomers = 100, DiscountPerYear = 10 }.Validate();
    }

    private static (PurchaseColumns Columns, CustomerModel Model) Shop()
    {
        List<OrderLine> lines = [];
        var random = new SeededRandom(3);
        for (var c = 0; c < 200; c++)
        {
            var price = 10 + (30 * random.NextDouble());
            for (var day = random.Next(200); day < 365 && random.NextDouble() < 0.85; day += 10 + random.Next(40))
                lines.Add(Line($"c{c:D3}", day, price * (0.7 + (0.6 * random.NextDouble()))));
        }

        for (var day = 5; day < 365; day += 30)
        {
            lines.Add(Line("recent", day, 20));
            if (day < 190)
                lines.Add(Line("silent", day, 20));
        }

        var columns = PurchaseHistory.From(lines).Columns;
        return (columns, new CustomerTrainer(new CustomerOptions()).Train(columns, new TrainingRun()));
    }

    private static OrderLine Line(string customer, int day, double price) =>
        new(customer, "p", _first.AddDays(day).ToDateTime(TimeOnly.MinValue)) { UnitPrice = price };

    private static VisitRecord[] Simulate(VisitProcess truth, int customers, double weeks, ulong seed) =>
        SimulateAhead(truth, customers, weeks, 0, seed).Records;

    private static (VisitRecord[] Records, int[] Later) SimulateAhead(VisitProcess truth, int customers, double weeks, double ahead, ulong seed)
    {
        var source = new MathNetSource(seed);
        var (records, later) = (new VisitRecord[customers], new int[customers]);
        for (var c = 0; c < customers; c++)
        {
            var rate = MathNet.Numerics.Distributions.Gamma.Sample(source, truth.RateShape, truth.RateScale);
            var leave = MathNet.Numerics.Distributions.Beta.Sample(source, truth.LeaveWeight, truth.StayWeight);
            var (at, repeats, last, logs) = (0.0, 0, 0.0, 0.0);
            while (source.NextDouble() >= leave)
            {
                var gap = MathNet.Numerics.Distributions.Gamma.Sample(source, truth.Regularity, rate);
                at += gap;
                if (at > weeks + ahead)
                    break;
                if (at > weeks)
                    later[c]++;
                else
                    (repeats, last, logs) = (repeats + 1, at, logs + Math.Log(gap));
            }

            records[c] = new VisitRecord(repeats, last, weeks, logs);
        }

        return (records, later);
    }
}
