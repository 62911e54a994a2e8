using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Replenishment;
using PostPurchase.Samples;

namespace PostPurchase.Recommend.Tests.Replenishment;

/// <summary>Products that a customer has never bought, and that follow no base product.</summary>
public sealed class FirstPurchasesTests
{
    private static readonly ForecastJudge Judge = new(180, 1);

    // Sums of what was expected were 2.1 to 12 times what happened as long as first visits counted as any other.
    [Theory]
    [InlineData(600, 1UL, 90)]
    [InlineData(600, 1UL, 180)]
    [InlineData(600, 1UL, 400)]
    [InlineData(1_500, 5UL, 180)]
    public void As_many_new_products_are_expected_as_are_bought(int customers, ulong seed, int days)
    {
        var (expected, happened) = ExpectedAndHappened(customers, seed, days);

        Assert.InRange(expected[0] / happened[0], 0.75, 1.35);
        Assert.InRange(expected[1] / happened[1], 0.75, 1.35);
    }

    [Theory]
    [InlineData(600, 1UL, 20)]
    [InlineData(1_500, 5UL, 30)]
    public void A_shop_of_a_few_weeks_promises_no_multiple_of_what_will_be_bought(int customers, ulong seed, int days)
    {
        var (expected, happened) = ExpectedAndHappened(customers, seed, days);

        Assert.InRange(expected[0] / happened[0], 0.5, 1.7);
        Assert.InRange(expected[1] / happened[1], 0.5, 1.9);
    }

    [Fact]
    public void One_purchase_makes_nobody_buy_the_product()
    {
        var first = Of([RhythmicLog.Line("c", "p", 0), RhythmicLog.Line("c", "q", 0)]);
        var visits = new CustomerVisits();
        visits.Load(PurchaseHistory.From([RhythmicLog.Line("c", "p", 0)]).Columns, 0, RhythmicLog.FirstDay.DayNumber + 1);

        Assert.InRange(first.Forecast(1, visits, Judge, 0).Curve.At(90), 0.001, 0.3);
        visits.Load(PurchaseHistory.From([RhythmicLog.Line("c", "p", 0)]).Columns, -1, RhythmicLog.FirstDay.DayNumber + 1);
        Assert.InRange(first.Forecast(1, visits, Judge, 0).Curve.At(90), 0.001, 0.3);
    }

    [Fact]
    public void What_a_customer_has_leaves_the_rest_more_probable()
    {
        List<OrderLine> lines = [];
        for (var customer = 0; customer < 40; customer++)
        {
            for (var visit = 0; visit < 3; visit++)
                lines.Add(RhythmicLog.Line($"c{customer}", visit == 0 ? "bestseller" : $"p{(customer + visit) % 8}", (customer / 2) + (20 * visit)));
        }

        var columns = PurchaseHistory.From(lines).Columns;
        var first = FirstPurchases.Of(columns, PurchasePairs.From(columns), columns.LastDay + 1, new ConsumableLinks([]), new());
        var twin = PurchaseHistory.From([RhythmicLog.Line("a", "bestseller", 0), RhythmicLog.Line("b", "p0", 0), .. Enumerable.Range(1, 7).Select(p => RhythmicLog.Line("z", $"p{p}", 0))]).Columns;
        var (own, wanted) = (columns.Products.Find("bestseller"), columns.Products.Find("p3"));
        Assert.Equal(columns.Products.List, twin.Products.List);
        var visits = new CustomerVisits();

        visits.Load(twin, twin.Customers.Find("a"), columns.LastDay + 1);
        var withBestseller = first.Forecast(wanted, visits, Judge, 0).Curve.At(60);
        visits.Load(twin, twin.Customers.Find("b"), columns.LastDay + 1);
        var without = first.Forecast(wanted, visits, Judge, 0).Curve.At(60);

        Assert.True(withBestseller > 1.1 * without, $"{withBestseller} {without}");
        Assert.True(first.Forecast(own, visits, Judge, 0).Curve.At(60) > without);
    }

    [Fact]
    public void Damage_is_refused_and_the_rest_reads_back()
    {
        var first = Of(RhythmicLog.Lines(30, [("a", 20, 0.2, 0.1), ("b", 30, 0.2, 0.1), ("c", 45, 0.4, 0.1)], 200, 3));
        using var stream = new MemoryStream();
        first.Write(new SectionWriter(stream));
        var bytes = stream.ToArray();
        var visits = new CustomerVisits();

        var read = Read(bytes);

        Assert.Equal(first.Forecast(1, visits, Judge, 0).Curve.At(30), read.Forecast(1, visits, Judge, 0).Curve.At(30));
        // The rates of all customers come first, then that of an unknown one.
        foreach (var (at, value) in new[] { (0, 0.0), (0, double.NaN), (8, -1), (16, -0.1), (16, double.PositiveInfinity) })
        {
            var damaged = (byte[])bytes.Clone();
            BitConverter.TryWriteBytes(damaged.AsSpan(at), value);
            Assert.Throws<ModelFormatException>(() => Read(damaged));
        }
    }

    [Fact]
    public void Training_stops_when_it_is_cancelled()
    {
        var columns = PurchaseHistory.From(RhythmicLog.Lines(30, [("a", 20, 0.2, 0.1)], 200, 3)).Columns;

        Assert.Throws<OperationCanceledException>(() => new NewProductRateTrainer(columns, PurchasePairs.From(columns), new TrainingRun { Cancellation = new(canceled: true) }).Train(columns.LastDay));
    }

    private static FirstPurchases Read(byte[] bytes) => FirstPurchases.Read(new SectionReader("replenishment", new MemoryStream(bytes), bytes.Length));

    private static FirstPurchases Of(List<OrderLine> lines)
    {
        var columns = PurchaseHistory.From(lines).Columns;
        return FirstPurchases.Of(columns, PurchasePairs.From(columns), columns.LastDay + 1, new ConsumableLinks([]), new());
    }

    // New products that all customers of the first days buy within 30 and 90 days after them.
    private static (double[] Expected, double[] Happened) ExpectedAndHappened(int customers, ulong seed, int days)
    {
        var all = PurchaseHistory.From(SimulatedStore.Create(new() { Customers = customers, Seed = seed }).Lines).Columns;
        var asOf = all.FirstDay + days;
        var before = HistorySplit.Before(all, asOf);
        var first = FirstPurchases.Of(before, PurchasePairs.From(before), asOf, new ConsumableLinks([]), new());
        var later = PurchasePairs.From(all);
        var (expected, happened) = (new double[2], new double[2]);
        var visits = new CustomerVisits();
        for (var customer = 0; customer < all.Customers.Count; customer++)
        {
            visits.Load(before, customer, asOf);
            if (visits.Count == 0)
                continue;
            var bought = new int?[all.Products.Count];
            for (var pair = later.CustomerStart[customer]; pair < later.CustomerStart[customer + 1]; pair++)
                bought[later.Product[pair]] = all.Day[later.Row[later.RowStart[pair]]];
            for (var product = 0; product < bought.Length; product++)
            {
                if (bought[product] < asOf)
                    continue;
                var curve = first.Forecast(product, visits, Judge, 0).Curve;
                foreach (var (i, ahead) in new[] { (0, 30), (1, 90) })
                {
                    expected[i] += curve.At(ahead);
                    happened[i] += bought[product] < asOf + ahead ? 1 : 0;
                }
            }
        }

        return (expected, happened);
    }
}
