using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.PublicTests.Contract;

/// <summary>Logs lose the white space around their ids when they are read, so that no id of a question can mean another one by its white space.</summary>
public sealed class QuestionIdTests
{
    private static readonly DateOnly _asOf = Shop.Day(300);
    private static readonly Lazy<PostPurchaseModel> _model = new(() => new PostPurchaseTrainer().Train(
        PurchaseHistory.From(Shop.Habits(100, 300).Select(line => line with { Category = line.ProductId[..5] }))));

    [Fact]
    public void Lists_are_those_of_the_customer_and_the_rules_those_of_the_products()
    {
        var ask = new RecommendationQuery { CustomerId = Shop.Customer(6), AsOf = _asOf, Count = 12 };
        var ids = _model.Value.Recommend(ask).Items.Select(item => item.ProductId).ToArray();
        var ruled = ask with { ExcludedProductIds = [ids[0]], CartProductIds = [ids[1]], OutOfStockProductIds = [ids[2]], DurableProductIds = ids[3..6] };
        var padded = ruled with
        {
            CustomerId = $"\t{ask.CustomerId} ",
            ExcludedProductIds = [ids[0] + " "],
            CartProductIds = [" " + ids[1]],
            OutOfStockProductIds = [ids[2] + "\r"],
            DurableProductIds = [.. ids[3..6].Select(id => $"{id,-30}")],
        };
        var (plain, list) = (_model.Value.Recommend(ruled), _model.Value.Recommend(padded));
        Assert.Equal((padded.CustomerId, true), (list.CustomerId, list.IsKnownCustomer));
        Assert.Equal(plain.Items, list.Items);
        Assert.Equal(plain.Items, _model.Value.RecommendAll([padded])[0].Items);
        Assert.Equal(
            _model.Value.Recommend(ask with { CandidateProductIds = ids[4..8] }).Items,
            _model.Value.Recommend(ask with { CandidateProductIds = [.. ids[4..8].Select(id => $" {id} ")] }).Items);
    }

    [Fact]
    public void Forecasts_are_those_of_the_customer_and_what_is_asked_about()
    {
        var (model, customer) = (_model.Value, Shop.Customer(6));
        var product = model.Recommend(new RecommendationQuery { CustomerId = customer, AsOf = _asOf, Count = 1 }).Items[0].ProductId;
        var plain = model.Forecast(customer, product, _asOf);
        Assert.True(plain.TimesBought > 3);
        foreach (var padded in new[] { model.Forecast(customer + " ", " " + product, _asOf), model.ForecastAll([(customer + " ", " " + product)], _asOf)[0] })
        {
            // The answer goes with the question, whose ids are the caller's.
            Assert.Equal((customer + " ", " " + product), (padded.CustomerId, padded.ProductId));
            Assert.Equal((plain.TimesBought, plain.DueDate, plain.ProbabilityWithin(30)), (padded.TimesBought, padded.DueDate, padded.ProbabilityWithin(30)));
        }

        var group = model.ForecastGroup(customer, model.ReplenishmentGroups[0], _asOf);
        var paddedGroup = model.ForecastGroup($" {customer}", $"{model.ReplenishmentGroups[0]} ", _asOf);
        Assert.Equal((group.ProductId, group.TimesBought, group.DueDate), (paddedGroup.ProductId, paddedGroup.TimesBought, paddedGroup.DueDate));
        Assert.Equal(model.Outlook(customer, _asOf), model.Outlook(customer + " ", _asOf) with { CustomerId = customer });
    }

    [Fact]
    public void Subscriptions_and_baskets_name_the_products_that_they_mean()
    {
        var query = new DueQuery { Window = DateWindow.Of(_asOf, 10), MinimumProbability = 0 };
        var due = _model.Value.DueAsync(query).ToBlockingEnumerable().ToArray();
        var subscribed = due.Where((_, i) => i % 3 == 0).Select(one => ($" {one.CustomerId}", $"{one.ProductId} ")).ToHashSet();
        Assert.Equal(due.Where((_, i) => i % 3 != 0), _model.Value.DueAsync(query with { Subscriptions = subscribed }).ToBlockingEnumerable());

        var knives = new PostPurchaseTrainer().Train(PurchaseHistory.From(Enumerable.Range(0, 400).SelectMany(c => Lines($"c{c}", c)))).GoesWith;
        Assert.NotEmpty(knives(new ComplementQuery { BasketProductIds = ["knife"] }));
        Assert.Equal(knives(new ComplementQuery { BasketProductIds = ["knife"] }), knives(new ComplementQuery { BasketProductIds = ["  knife "] }));

        // Every fourth customer buys a knife and ten days later a sharpener; all buy something else now and then.
        static IEnumerable<OrderLine> Lines(string customer, int number)
        {
            for (var day = number % 50; day < 300; day += 50)
                yield return new OrderLine(customer, $"other{(number + day) % 7}", Shop.Start.AddDays(day));
            if (number % 4 != 0)
                yield break;
            yield return new OrderLine(customer, "knife", Shop.Start.AddDays(100 + (number % 90)));
            yield return new OrderLine(customer, "sharpener", Shop.Start.AddDays(110 + (number % 90)));
        }
    }
}
