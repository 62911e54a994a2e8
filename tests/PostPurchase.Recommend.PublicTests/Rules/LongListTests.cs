using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.PublicTests.Contract;

namespace PostPurchase.Recommend.PublicTests.Rules;

/// <summary>Lists that show a customer's whole assortment, for customers with hundreds of products of their own.</summary>
public sealed class LongListTests
{
    private const int Products = 400;

    // Sixteen shops that order from a wholesaler twice a week, each product in a rhythm of its own, however many there are.
    private static readonly Lazy<PostPurchaseModel> Model = new(() => new PostPurchaseTrainer().Train(PurchaseHistory.From(
        from customer in Enumerable.Range(0, 16)
        from visit in Enumerable.Range(0, 40)
        from product in Enumerable.Range(0, Products)
        where (product + customer) % 4 != 0 && (visit + product) % (3 + ((product + (7 * customer)) % 28)) == 0
        select new OrderLine(Shop.Customer(customer), $"p{product:000}", Shop.Start.AddDays(3 * visit)))));

    [Fact]
    public void Every_product_that_the_customer_has_bought_has_its_own_probability_however_many_there_are()
    {
        var ask = new RecommendationQuery { CustomerId = Shop.Customer(11), AsOf = Shop.Day(120), Count = 1000 };
        var list = Model.Value.Recommend(ask).Items;
        var own = list.Where(item => item.Reason.TimesBought > 0).ToArray();
        Assert.True(own.Length > 250, $"{own.Length} products");
        var named = Model.Value.Recommend(ask with { CandidateProductIds = Model.Value.ProductIds }).Items.ToDictionary(item => item.ProductId);
        Assert.All(own, item => Assert.Equal(named[item.ProductId], item));

        // So that a bound on the probability leaves none of them out.
        var bound = own[own.Length / 2].Probability;
        Assert.Equal(
            named.Values.Where(item => item.Reason.TimesBought > 0 && item.Probability >= bound),
            Model.Value.Recommend(ask with { MinimumProbability = bound }).Items.Where(item => item.Reason.TimesBought > 0));
    }

    [Fact]
    public void Nothing_is_recommended_before_anybody_bought_it()
    {
        var lines = Shop.Habits(60, 200).Append(new OrderLine(Shop.Customer(1), "launched", Shop.Start.AddDays(150))).Append(new OrderLine(Shop.Customer(2), "launched", Shop.Start.AddDays(160)))
            .Append(new OrderLine(Shop.Customer(3), "launched", Shop.Start.AddDays(90)) { Kind = InteractionKind.View });
        var model = new PostPurchaseTrainer().Train(PurchaseHistory.From(lines));
        Assert.False(IsListed(Shop.Customer(1), 150));
        Assert.True(IsListed(Shop.Customer(2), 151));
        Assert.False(IsListed("nobody", 150));
        Assert.True(IsListed("nobody", 151));
        // Who has looked at it knows it.
        Assert.True(IsListed(Shop.Customer(3), 100));
        Assert.False(IsListed(Shop.Customer(3), 90));

        bool IsListed(string customer, int day) =>
            model.Recommend(new RecommendationQuery { CustomerId = customer, AsOf = Shop.Day(day), Count = 1000 }).Items.Any(item => item.ProductId == "launched");
    }
}
