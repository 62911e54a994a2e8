using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.PublicTests.Contract;

namespace PostPurchase.Recommend.PublicTests.Rules;

/// <summary>The rules of a request, each on a shop of habits whose extras fall into four categories.</summary>
public sealed class RequestRulesTests
{
    private static readonly Lazy<PostPurchaseModel> Model = new(() => new PostPurchaseTrainer().Train(PurchaseHistory.From(
        Shop.Habits(100, 300).Select(l => l with { Category = Category(l.ProductId) }))));

    private static readonly RecommendationQuery Ask = new() { CustomerId = Shop.Customer(6), Count = 10, AsOf = Shop.Day(300) };

    [Fact]
    public void Only_candidates_are_recommended_even_those_no_source_would_have_found()
    {
        var all = Model.Value.ProductIds;
        var only = all.Where((_, i) => i % 5 == 0).Append("nonsense").ToArray();
        var list = Ids(Ask with { CandidateProductIds = only, Count = 100 });
        Assert.Equal(only.Intersect(all).Order(StringComparer.Ordinal), list.Order(StringComparer.Ordinal));
        Assert.Empty(Ids(Ask with { CandidateProductIds = [] }));
        Assert.Empty(Ids(Ask with { CandidateProductIds = ["nonsense"] }));
    }

    [Fact]
    public void A_candidate_keeps_the_probability_it_has_without_the_rule()
    {
        var free = List(Ask with { Count = 5 });
        var restricted = List(Ask with { Count = 5, CandidateProductIds = [.. free.Select(i => i.ProductId)] });
        Assert.Equal(free, restricted);
    }

    [Fact]
    public void Exclusions_cart_and_stock_take_products_off_and_the_rest_moves_up()
    {
        var free = Ids(Ask with { Count = 13 });
        var list = Ids(Ask with { ExcludedProductIds = [free[0], "nonsense"], CartProductIds = [free[2]], OutOfStockProductIds = [free[5]] });
        Assert.Equal(free.Where((_, i) => i is not (0 or 2 or 5)), list);
    }

    [Fact]
    public void With_all_but_one_excluded_the_one_is_left()
    {
        var all = Model.Value.ProductIds;
        Assert.Equal([all[3]], Ids(Ask with { ExcludedProductIds = [.. all.Where((_, i) => i != 3)] }));
        Assert.Empty(Ids(Ask with { ExcludedProductIds = all }));
    }

    [Fact]
    public void A_durable_rests_for_its_days_and_comes_back_after_them()
    {
        var staple = List(Ask)[0];
        var since = staple.Reason.DaysSinceLast!.Value;
        var rule = Ask with { DurableProductIds = [staple.ProductId] };
        Assert.DoesNotContain(staple.ProductId, Ids(rule with { DurableRestDays = since }));
        Assert.Equal(staple.ProductId, Ids(rule with { DurableRestDays = since - 1 })[0]);
        // Who never had it is offered it all the same.
        var other = Model.Value.Recommend(rule with { CustomerId = "nobody", Count = 100 });
        Assert.Contains(other.Items, i => i.ProductId == staple.ProductId);
    }

    [Fact]
    public void No_category_goes_over_its_cap_and_the_list_is_filled_from_the_others()
    {
        var list = Ids(Ask with { MostPerCategory = 2 });
        Assert.Equal(10, list.Count);
        Assert.All(list.GroupBy(Category), g => Assert.True(g.Count() <= 2));
        Assert.Equal(list.Take(4), Ids(Ask with { MostPerCategory = 2, Count = 4 }));
    }

    [Fact]
    public void The_share_of_new_products_is_kept_at_every_length()
    {
        var list = List(Ask with { LeastNewShare = 0.5 });
        for (var n = 1; n <= list.Count; n++)
            Assert.True(list.Take(n).Count(i => i.Reason.TimesBought == 0) >= n / 2, $"{n} products");
        Assert.All(List(Ask with { LeastNewShare = 1 }), i => Assert.Equal(0, i.Reason.TimesBought));
    }

    [Fact]
    public void Places_of_new_products_go_to_old_ones_only_when_no_new_one_is_left()
    {
        var news = List(Ask with { NewProductsOnly = true, Count = 1000 }).Count;
        var list = List(Ask with { LeastNewShare = 1, Count = 1000 });
        Assert.Equal(Model.Value.ProductIds.Count, list.Count);
        Assert.All(list.Take(news), i => Assert.Equal(0, i.Reason.TimesBought));
        Assert.All(list.Skip(news), i => Assert.NotEqual(0, i.Reason.TimesBought));
    }

    [Fact]
    public void Whatever_the_rules_a_short_list_is_the_start_of_a_longer_one()
    {
        var random = new Random(3);
        for (var trial = 0; trial < 300; trial++)
        {
            var query = new RecommendationQuery
            {
                CustomerId = trial % 7 == 0 ? "nobody" : Shop.Customer(random.Next(100)),
                AsOf = Shop.Day(100 + random.Next(220)),
                Count = 200,
                NewProductsOnly = random.Next(3) == 0,
                MostPerCategory = random.Next(2) == 0 ? null : 1 + random.Next(4),
                LeastNewShare = random.Next(2) == 0 ? 0 : random.NextDouble(),
                Diversity = random.Next(2) == 0 ? 0 : random.NextDouble(),
                MinimumProbability = random.Next(3) == 0 ? 0.02 : 0,
                ExcludedProductIds = random.Next(3) == 0 ? [.. Model.Value.ProductIds.Where(_ => random.Next(4) == 0)] : [],
            };
            var all = List(query);
            foreach (var count in new[] { 1, 2, 5, 9, 17 })
                Assert.Equal(all.Take(count), List(query with { Count = count }));
        }
    }

    [Fact]
    public void Improbable_products_are_left_out()
    {
        var free = List(Ask);
        var bound = free[4].Probability;
        Assert.Equal(free.Where(i => i.Probability >= bound), List(Ask with { MinimumProbability = bound }));
        Assert.Empty(List(Ask with { MinimumProbability = 1 }));
    }

    [Fact]
    public void An_improbable_product_takes_no_place_that_another_rule_gives_out()
    {
        var all = List(Ask with { Count = 100 });
        var own = all.Where(i => i.Reason.TimesBought > 0).Take(4).ToArray();
        var bound = own[3].Probability;
        string[] tooGood = [.. all.Where(i => i.Reason.TimesBought == 0 && i.Probability >= bound).Select(i => i.ProductId)];
        // Where no new product is probable enough the share of them cannot be kept: own ones have the places.
        var list = List(Ask with { LeastNewShare = 0.5, MinimumProbability = bound, Count = 4, ExcludedProductIds = tooGood });
        Assert.Equal(own, list);
    }

    [Fact]
    public void Diversity_spreads_a_list_over_categories()
    {
        var plain = Ids(Ask with { Count = 6 });
        var diverse = Ids(Ask with { Count = 6, Diversity = 1 });
        Assert.Equal(plain[0], diverse[0]);
        Assert.Equal(Ids(Ask), Ids(Ask with { Diversity = 0 }));
        Assert.True(diverse.Take(5).Select(Category).Distinct().Count() >= plain.Take(5).Select(Category).Distinct().Count());
        Assert.Equal(5, diverse.Take(5).Select(Category).Distinct().Count());
    }

    [Fact]
    public void New_products_only_goes_with_every_other_rule()
    {
        var list = List(Ask with { NewProductsOnly = true, MostPerCategory = 1, Diversity = 0.5, ExcludedProductIds = ["extra00"], Count = 50 });
        Assert.NotEmpty(list);
        Assert.All(list, i => Assert.Equal(0, i.Reason.TimesBought));
        Assert.Equal(list.Count, list.Select(i => Category(i.ProductId)).Distinct().Count());
    }

    [Fact]
    public void Every_wrong_rule_is_named_at_once()
    {
        var thrown = Assert.Throws<InvalidOptionsException>(() => Model.Value.Recommend(Ask with
        {
            Count = 10_001,
            ExcludedProductIds = null!,
            CartProductIds = null!,
            OutOfStockProductIds = null!,
            DurableProductIds = null!,
            DurableRestDays = -1,
            MostPerCategory = 0,
            LeastNewShare = 1.1,
            MinimumProbability = double.NaN,
            Diversity = -0.1,
        }));
        Assert.Equal(10, thrown.Errors.Count);
    }

    private static string Category(string product) => product.StartsWith("staple", StringComparison.Ordinal) ? "staples" : "extras" + ((product[^1] - '0') % 4);

    private static IReadOnlyList<Recommendation> List(RecommendationQuery query) => Model.Value.Recommend(query).Items;

    private static List<string> Ids(RecommendationQuery query) => [.. List(query).Select(i => i.ProductId)];
}
