using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

/// <summary>The rules of a request against filtering by hand.</summary>
public sealed class RequestRulesTests
{
    private static readonly string[] Ids = [.. RuleStore.Columns.Products.Ids];

    [Fact]
    public void What_the_rules_forbid_is_taken_off_and_what_they_allow_fills_the_list_up()
    {
        var random = new SeededRandom(23);
        var scratch = RuleStore.Sources.NewScratch();
        for (var trial = 0; trial < 400; trial++)
        {
            var (customer, asOf) = (random.Next(RuleStore.Customers), RuleStore.Columns.FirstDay + random.Next(100));
            var query = new RecommendationQuery
            {
                CustomerId = "anyone",
                Count = 1 + random.Next(70),
                NewProductsOnly = random.Next(2) == 0,
                CandidateProductIds = random.Next(3) == 0 ? Some() : null,
                ExcludedProductIds = Some(),
                CartProductIds = Some(),
                OutOfStockProductIds = Some(),
                DurableProductIds = Some(),
                DurableRestDays = random.Next(40),
            };
            scratch.State.Load(RuleStore.Columns, customer, asOf);
            CandidateFinder.Find(RuleStore.Sources, customer, query, scratch);
            var found = scratch.Candidates.ToArray();
            var best = found[..scratch.BestCandidates];
            var rules = RequestRules.From(query, RuleStore.Columns);
            rules?.Restrict(RuleStore.Sources, scratch);

            var bought = RuleStore.Bought(customer, asOf);
            string[] ruled = [.. query.ExcludedProductIds, .. query.CartProductIds, .. query.OutOfStockProductIds, .. query.DurableProductIds];
            Assert.Equal(query.CandidateProductIds is not null || ruled.Length > 0, rules is not null);
            if (rules is null)
                continue;
            if (query.CandidateProductIds is { } only)
            {
                Assert.False(rules.IsOpen);
                Assert.Equal(Enumerable.Range(0, Ids.Length).Where(p => only.Contains(Ids[p]) && Allows(p)), scratch.Candidates);
                Assert.Equal(scratch.Candidates.Count, scratch.BestCandidates);
            }
            else
            {
                Assert.True(rules.IsOpen);
                var kept = found.Where(Allows).ToArray();
                var more = RuleStore.Sources.Popular.All(asOf).Where(p => Allows(p) && !kept.Contains(p)).Take(Math.Max(0, query.Count - kept.Length));
                Assert.Equal(kept.Concat(more), scratch.Candidates);
                Assert.Equal(best.Where(Allows), scratch.Candidates.Take(scratch.BestCandidates));
            }

            bool Allows(int p) =>
                !query.ExcludedProductIds.Contains(Ids[p]) && !query.CartProductIds.Contains(Ids[p]) && !query.OutOfStockProductIds.Contains(Ids[p])
                && !(bought.ContainsKey(p) && query.NewProductsOnly)
                && !(bought.TryGetValue(p, out var last) && query.DurableProductIds.Contains(Ids[p]) && asOf - last <= query.DurableRestDays);
        }

        // None as often as not, so that every rule stands alone at times.
        string[] Some() => [.. Ids.Append("unknown").Append("unknown").Where(_ => random.Next(6) == 0).Take(random.Next(2) * 10)];
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_rest_of_the_catalogue_comes_by_sales_up_to_the_number_wanted(bool newOnly)
    {
        var scratch = RuleStore.Sources.NewScratch();
        var asOf = RuleStore.Columns.LastDay + 1;
        scratch.State.Load(RuleStore.Columns, 3, asOf);
        var query = new RecommendationQuery { CustomerId = "anyone", NewProductsOnly = newOnly };
        foreach (var most in new[] { 0, 1, 7, int.MaxValue })
        {
            scratch.Candidates.Clear();
            scratch.Candidates.AddRange([4, 2]);
            RequestRules.AddAll(RuleStore.Sources, scratch, query, null, most);

            var bought = RuleStore.Bought(3, asOf);
            var more = RuleStore.Sources.Popular.All(asOf).Where(p => p is not (4 or 2) && !(newOnly && bought.ContainsKey(p))).Take(most);
            Assert.Equal([4, 2, .. more], scratch.Candidates);
        }
    }

    [Fact]
    public void A_request_without_rules_has_none_whatever_else_it_asks_for() =>
        Assert.Null(RequestRules.From(new RecommendationQuery { CustomerId = "anyone", NewProductsOnly = true, MostPerCategory = 1, Diversity = 1 }, RuleStore.Columns));
}
