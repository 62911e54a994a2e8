using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Replenishment;
using PostPurchase.Samples;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class SimulatedStoreForecastTests
{
    [Fact]
    public void Windows_hold_four_in_five_and_probabilities_are_calibrated_in_a_store_whose_future_is_known()
    {
        var store = SimulatedStore.Create(new SimulatedStoreOptions { Customers = 1_500, Seed = 7 });
        var columns = PurchaseHistory.From(store.Lines).Columns;
        var pairs = PurchasePairs.From(columns);
        var model = new ReplenishmentTrainer(new ReplenishmentOptions()).Train(columns, new TrainingRun());
        var later = PurchaseHistory.From(store.HeldOut).Columns;
        var (inside, windows, expected, happened, asked) = (0, 0, 0.0, 0, 0);
        for (var customer = 0; customer < columns.Customers.Count; customer++)
        {
            for (var pair = pairs.CustomerStart[customer]; pair < pairs.CustomerStart[customer + 1]; pair++)
            {
                if (pairs.RowStart[pair + 1] - pairs.RowStart[pair] < 2)
                    continue;
                var (id, product) = (columns.Customers[customer], columns.Products[pairs.Product[pair]]);
                var forecast = model.Forecast(columns, customer, pairs.Product[pair], store.AsOf.DayNumber).For(id, product, store.AsOf);
                var next = Next(later, id, product);
                asked++;
                expected += forecast.ProbabilityWithin(30);
                happened += next is { } day && day.DayNumber < store.AsOf.DayNumber + 30 ? 1 : 0;
                if (next is null || next.Value.DayNumber >= store.AsOf.DayNumber + forecast.HorizonDays || forecast.Window() is not { } window)
                    continue;
                windows++;
                inside += window.Contains(next.Value) ? 1 : 0;
            }
        }

        Assert.True(windows > 2_000);
        var coverage = (double)inside / windows;
        Assert.True(coverage is > 0.77 and < 0.83, $"{coverage} of {windows} windows");
        Assert.InRange((expected - happened) / asked, -0.02, 0.02);
    }

    private static DateOnly? Next(PurchaseColumns later, string customerId, string productId)
    {
        var (customer, product) = (later.Customers.Find(customerId), later.Products.Find(productId));
        if (customer < 0 || product < 0)
            return null;
        for (var row = later.CustomerStart[customer]; row < later.CustomerStart[customer + 1]; row++)
        {
            if (later.Product[row] == product)
                return DateOnly.FromDayNumber(later.Day[row]);
        }

        return null;
    }
}
