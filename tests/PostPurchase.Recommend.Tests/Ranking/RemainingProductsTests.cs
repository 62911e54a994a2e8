using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

/// <summary>What comes after the candidates, against filtering the whole catalogue by hand.</summary>
public sealed class RemainingProductsTests
{
    [Fact]
    public void They_come_by_sales_without_candidates_and_without_what_the_request_forbids()
    {
        var random = new SeededRandom(5);
        for (var trial = 0; trial < 200; trial++)
        {
            var state = RuleStore.State(random.Next(RuleStore.Customers), RuleStore.Columns.FirstDay + random.Next(100));
            RankedProduct[] candidates = [.. Enumerable.Range(0, RuleStore.Columns.Products.Count).Where(_ => random.Next(3) == 0).Select(p => new RankedProduct(p, 0.4)).Take(random.Next(9))];
            string[] excluded = [.. RuleStore.Columns.Products.List.Where(_ => random.Next(4) == 0)];
            var query = new RecommendationQuery { CustomerId = "anyone", NewProductsOnly = random.Next(2) == 0, ExcludedProductIds = excluded };
            var wanted = RuleStore.Sources.Popular.All(state.AsOfDay).Where(p => candidates.All(c => c.Product != p)
                && RuleStore.Sources.IsKnown(p, state) && !excluded.Contains(RuleStore.Columns.Products[p]) && !(query.NewProductsOnly && state.SlotOf(p) >= 0)).ToList();

            var remaining = new RemainingProducts(RuleStore.Sources, state, query, RequestRules.From(query, RuleStore.Columns), candidates, _ => 0.1);

            // Now any, now a new one, now one with an even number.
            while (true)
            {
                var (newOnly, even) = (random.Next(3) == 0, random.Next(3) == 0);
                var found = remaining.Next(newOnly, even ? product => product % 2 == 0 : null);
                // What does not fit is not asked about again.
                var next = wanted.FindIndex(p => (!newOnly || state.SlotOf(p) < 0) && (!even || p % 2 == 0));
                if (even)
                {
                    Assert.Equal(next < 0 ? null : wanted[next], found?.Product);
                    break;
                }

                Assert.Equal(next < 0 ? null : wanted[next], found?.Product);
                if (next < 0)
                    break;
                wanted.RemoveAt(next);
            }
        }
    }

    [Fact]
    public void None_is_more_probable_than_what_stands_before_it_and_none_comes_after_one_that_is_too_improbable()
    {
        var state = RuleStore.State(0, RuleStore.Columns.LastDay + 1);
        double[] probabilities = [0.3, 0.1, 0.2, 0.04, 0.2];
        Assert.Equal([0.25, 0.1, 0.1, 0.04, 0.04], Take([new RankedProduct(0, 0.5), new RankedProduct(1, 0.25)], minimum: 0));
        Assert.Equal([0.3, 0.1, 0.1], Take([], minimum: 0.05));
        Assert.Empty(Take([new RankedProduct(0, 0.01)], minimum: 0.05));

        double[] Take(RankedProduct[] candidates, double minimum)
        {
            var asked = 0;
            var remaining = new RemainingProducts(
                RuleStore.Sources, state, new RecommendationQuery { CustomerId = "anyone", MinimumProbability = minimum }, null, candidates, _ => probabilities[asked++]);
            return [.. Enumerable.Range(0, 5).Select(_ => remaining.Next(newOnly: false, fits: null)?.Probability).OfType<double>()];
        }
    }

    [Fact]
    public void A_request_that_names_its_products_has_no_others()
    {
        var query = new RecommendationQuery { CustomerId = "anyone", CandidateProductIds = ["P01"] };
        var state = RuleStore.State(0, RuleStore.Columns.LastDay + 1);
        Assert.Null(new RemainingProducts(RuleStore.Sources, state, query, RequestRules.From(query, RuleStore.Columns), [], _ => 1).Next(newOnly: false, fits: null));
    }

    [Fact]
    public void The_order_of_all_products_goes_on_where_the_kept_head_of_it_ends()
    {
        var columns = PurchaseHistory.From(Enumerable.Range(0, 300).SelectMany(p => Enumerable.Range(0, 1 + (p * 7 % 11))
            .Select(c => new OrderLine($"c{c}", $"p{p:000}", SmallStore.Start.AddDays((p * 13 + c) % 90))))).Columns;
        var popular = new PopularProducts(SalesCalendar.From(columns), columns);
        foreach (var day in new[] { columns.LastDay + 1, columns.FirstDay + 40, columns.LastDay + 500 })
            Assert.Equal(popular.All(day).Append(-1), Enumerable.Range(0, 301).Select(place => popular.At(place, day)));
    }
}
