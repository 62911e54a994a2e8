using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.PublicTests.Rules;

/// <summary>A shop of a handful of lines: answers that claim no more than those lines tell.</summary>
public sealed class FirstDaysTests
{
    private static readonly DateTime Opening = new(2026, 1, 1);

    [Fact]
    public void Two_customers_who_came_back_make_no_certainty()
    {
        var model = Train([Line("c1", "p1", 0), Line("c1", "p1", 10), Line("c2", "p1", 3), Line("c2", "p1", 13), Line("c3", "p2", 9)]);

        foreach (var customer in (string[])["c1", "c2", "c3"])
        {
            var list = model.Recommend(new() { CustomerId = customer, Count = 5 }).Items;
            Assert.All(list, item => Assert.InRange(item.Probability, 0.05, 0.9));
            // The one that was bought is the likelier one.
            Assert.Equal(customer == "c3" ? "p2" : "p1", list[0].ProductId);
        }
    }

    [Fact]
    public void One_order_is_answered_as_likely_as_not()
    {
        var model = Train([Line("c1", "p1", 0), Line("c1", "p2", 0)]);

        Assert.All(model.Recommend(new() { CustomerId = "c1", Count = 5 }).Items, item => Assert.InRange(item.Probability, 0.2, 0.8));
        var forecast = model.Forecast("c2", "p1", new DateOnly(2026, 1, 2));
        Assert.InRange(forecast.ProbabilityWithin(90), 0.001, 0.3);
    }

    private static PostPurchaseModel Train(OrderLine[] lines) => new PostPurchaseTrainer().Train(PurchaseHistory.From(lines));

    private static OrderLine Line(string customer, string product, int day) => new(customer, product, Opening.AddDays(day));
}
