using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

/// <summary>The rules of a request against filtering by hand.</summary>
public sealed class RequestRulesTests
{
    private static readonly string[] Ids = [.. RuleStore.Columns.Products.Ids];

    [Fact]
    public void What_the_rules_forbid_is_taken_off_and_what_is_named_is_all_there_is()
    {
        var random = new SeededRandom(23);
        var scratch = RuleStore.Sources.NewScratch();
        for (var trial = 0; trial < 400; trial++)
        {
            var (customer, asOf) = (random.Next(RuleStore.Customers), RuleStore.Columns.FirstDay + random.Next(100));
            var query = new RecommendationQuery
            {
                CustomerId = "anyone",
                NewProductsOnly = random.Next(2) == 0,
                CandidateProductIds = random.Next(3) == 0 ? Some() : null,
                ExcludedProductIds = Some(),
                CartProductIds = Some(),
                OutOfStockProductIds = Some(),
                DurableProductIds = Some(),
                DurableRestDays = random.Next(40),
            };
            scratch.State.Load(RuleStore.Columns, customer, asOf);
            CandidateFinder.Find(RuleStore.Sources, customer, query.NewProductsOnly, scratch);
            var found = scratch.Candidates.ToArray();
            var rules = RequestRules.From(query, RuleStore.Columns);
            rules?.Restrict(scratch);

            var bought = RuleStore.Bought(customer, asOf);
            string[] ruled = [.. query.ExcludedProductIds, .. query.CartProductIds, .. query.OutOfStockProductIds, .. query.DurableProductIds];
            Assert.Equal(query.CandidateProductIds is not null || ruled.Length > 0, rules is not null);
            if (rules is null)
                continue;
            if (query.CandidateProductIds is { } only)
            {
                Assert.False(rules.IsOpen);
                Assert.Equal(Enumerable.Range(0, Ids.Length).Where(p => only.Contains(Ids[p]) && Allows(p)), scratch.Candidates);
            }
            else
            {
                Assert.True(rules.IsOpen);
                Assert.Equal(found.Where(Allows), scratch.Candidates);
            }

            bool Allows(int p) =>
                !query.ExcludedProductIds.Contains(Ids[p]) && !query.CartProductIds.Contains(Ids[p]) && !query.OutOfStockProductIds.Contains(Ids[p])
                && !(bought.ContainsKey(p) && query.NewProductsOnly)
                && !(bought.TryGetValue(p, out var last) && query.DurableProductIds.Contains(Ids[p]) && asOf - last <= query.DurableRestDays);
        }

        // None as often as not, so that every rule stands alone at times.
        string[] Some() => [.. Ids.Append("unknown").Append("unknown").Where(_ => random.Next(6) == 0).Take(random.Next(2) * 10)];
    }

    [Fact]
    public void A_request_without_rules_has_none_whatever_else_it_asks_for() =>
        Assert.Null(RequestRules.From(new RecommendationQuery { CustomerId = "anyone", NewProductsOnly = true, MostPerCategory = 1, Diversity = 1 }, RuleStore.Columns));
}
