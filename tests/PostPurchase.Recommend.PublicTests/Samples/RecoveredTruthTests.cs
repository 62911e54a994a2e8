using PostPurchase.Recommend.Orders;
using PostPurchase.Samples;

namespace PostPurchase.Recommend.PublicTests.Samples;

/// <summary>The model is trained on a store whose truth is known, and asked about what the store holds back.</summary>
public sealed class RecoveredTruthTests(RecoveredTruthTests.TrainedStore trained) : IClassFixture<RecoveredTruthTests.TrainedStore>
{
    [Fact]
    public void Windows_of_80_percent_hold_80_percent_of_the_purchases_that_fall_due()
    {
        var held = 0;
        var due = 0;
        foreach (var pair in trained.Store.Customers.SelectMany(c => c.Pairs))
        {
            if (pair.NextPurchase is not { } next || trained.Forecast(pair).Window() is not { } window)
                continue;
            due++;
            if (window.Contains(next))
                held++;
        }

        // With 1,500 purchases the binomial standard deviation is 1 %, so that 3 % is three of them.
        Assert.True(due > 1_500, $"{due} purchases fall due");
        Assert.InRange(held / (double)due, 0.77, 0.83);
    }

    [Fact]
    public void The_interval_of_a_regular_product_is_recovered_within_5_percent()
    {
        var ratios = new List<double>();
        foreach (var customer in trained.Store.Customers)
        {
            foreach (var pair in customer.Pairs.Where(p => p.Regularity >= 20 && !p.HasStopped && IsTheOnlyBrand(customer, p)))
            {
                var bought = customer.Lines.Where(l => l.ProductId == pair.ProductId && l.Quantity > 0).ToArray();
                // Asked right after the last purchase, the due date is one interval away: as long as what was bought lasts.
                var asOf = pair.LastPurchase.AddDays(1);
                if (bought.Length >= 6 && trained.Model.Forecast(pair.CustomerId, pair.ProductId, asOf).DueDate is { } due)
                    ratios.Add((due.DayNumber - pair.LastPurchase.DayNumber) / (pair.DaysPerUnit * bought[^1].Quantity));
            }
        }

        var typical = ratios.Order().ElementAt(ratios.Count / 2);
        Assert.True(ratios.Count > 100, $"{ratios.Count} regular pairs");
        Assert.True(typical is > 0.95 and < 1.05, $"{typical:F3} of the true interval at the median of {ratios.Count} pairs, {ratios.Average():F3} on average");
    }

    [Fact]
    public void Probabilities_say_how_many_purchases_happen()
    {
        var predicted = 0.0;
        var happened = 0;
        foreach (var pair in trained.Store.Customers.SelectMany(c => c.Pairs))
        {
            predicted += trained.Forecast(pair).ProbabilityWithin(30);
            if (pair.NextPurchase is { } next && next < trained.Store.AsOf.AddDays(30))
                happened++;
        }

        Assert.True(happened > 300, $"{happened} purchases within 30 days");
        Assert.InRange(predicted / happened, 0.9, 1.1);
    }

    [Fact]
    public void Customers_who_have_lapsed_are_expected_less_than_those_who_have_not()
    {
        var lapsed = new List<double>();
        var present = new List<double>();
        foreach (var pair in trained.Store.Customers.SelectMany(c => c.Pairs))
            (pair.HasStopped ? lapsed : present).Add(trained.Forecast(pair).ProbabilityEver);

        Assert.True(lapsed.Count > 300 && present.Count > 300);
        Assert.True(lapsed.Average() < present.Average() - 0.3, $"{lapsed.Average():P0} against {present.Average():P0}");
    }

    // Who tries other brands now and then has no single interval for any of them.
    private static bool IsTheOnlyBrand(SimulatedCustomer customer, PairTruth pair)
    {
        var family = pair.ProductId[pair.ProductId.IndexOf('-', StringComparison.Ordinal)..];
        return customer.Lines.All(l => l.ProductId == pair.ProductId || !l.ProductId.EndsWith(family, StringComparison.Ordinal));
    }

    public sealed class TrainedStore
    {
        public TrainedStore()
        {
            Store = SimulatedStore.Create(new() { Customers = 800 });
            Model = new PostPurchaseTrainer().Train(PurchaseHistory.From(Store.Lines));
        }

        public SimulatedStore Store { get; }

        public PostPurchaseModel Model { get; }

        public ReplenishmentForecast Forecast(PairTruth pair) => Model.Forecast(pair.CustomerId, pair.ProductId, Store.AsOf);
    }
}
