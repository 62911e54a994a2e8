using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.PublicTests.Contract;

public sealed class ClockworkShopTests
{
    // Gaps without any spread leave sums of squares that rounding can push below zero.
    [Fact]
    public void A_shop_whose_customers_buy_like_clockwork_is_learned()
    {
        List<OrderLine> lines = [];
        for (var customer = 0; customer < 40; customer++)
        {
            for (var week = customer % 3; week < (customer < 30 ? 60 : 20); week += 3)
            {
                lines.Add(new OrderLine($"customer-{customer}", "coffee", new DateTime(2025, 1, 6).AddDays(7 * week)));
                if (week % 2 == 0)
                    lines.Add(new OrderLine($"customer-{customer}", "filters", new DateTime(2025, 1, 6).AddDays(7 * week)));
            }
        }

        var history = PurchaseHistory.From(lines);
        var model = new PostPurchaseTrainer().Train(history);

        var last = history.LastDay;
        var forecast = model.Forecast("customer-2", "coffee", last.AddDays(1));
        Assert.Equal(Evidence.Own, forecast.Evidence);
        Assert.InRange(forecast.DueDate!.Value, last.AddDays(15), last.AddDays(27));
        Assert.True(forecast.ProbabilityWithin(30) > model.Forecast("customer-35", "coffee", last.AddDays(1)).ProbabilityWithin(30));
    }
}
