using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

/// <summary>The rules that look at the list as a whole, against choosing place by place as they are written.</summary>
public sealed class ListComposerTests
{
    [Fact]
    public void Every_place_goes_to_the_best_product_that_the_rules_leave()
    {
        var random = new SeededRandom(17);
        var columns = RuleStore.Columns;
        for (var trial = 0; trial < 400; trial++)
        {
            var customer = random.Next(RuleStore.Customers);
            var state = RuleStore.State(customer, columns.FirstDay + random.Next(100));
            // Few probabilities, so that many are alike and the first of them counts.
            var ranked = Enumerable.Range(0, columns.Products.Count).Where(_ => random.Next(3) > 0)
                .Select(p => new RankedProduct(p, (1 + random.Next(20)) / 20.0)).Order().ToArray();
            var query = Query() with
            {
                Count = 1 + random.Next(70),
                MostPerCategory = random.Next(2) == 0 ? null : 1 + random.Next(4),
                LeastNewShare = random.Next(2) == 0 ? 0 : random.Next(11) / 10.0,
                Diversity = random.Next(2) == 0 ? 0 : random.Next(5) / 4.0,
            };

            // The others follow by sales, as probable as the last of these at most.
            var remaining = new RemainingProducts(RuleStore.Sources, state, query, rules: null, ranked, _ => 1);
            var least = ranked.Length == 0 ? 1 : ranked[^1].Probability;
            var others = RuleStore.Sources.Popular.All(state.AsOfDay).Where(p => RuleStore.Sources.IsKnown(p, state) && !ranked.Any(r => r.Product == p))
                .Select(p => new RankedProduct(p, least)).ToArray();

            var list = new ListComposer(RuleStore.Sources, new ProductSimilarity(columns)).Compose(ranked, remaining, query, state);

            Assert.Equal(Chosen(ranked, others, query, state), list);
        }
    }

    [Fact]
    public void In_a_log_without_categories_no_category_is_full()
    {
        var columns = SmallStore.History(customers: 5, visits: 3).Columns;
        var sources = RankingSources.From(
            columns, SalesCalendar.From(columns), new ImplicitAlsTrainer(SmallStore.FastOptions.Factorization), new TrainingRun { Threads = 1 });
        RankedProduct[] ranked = [.. Enumerable.Range(0, 6).Select(p => new RankedProduct(p, 0.5))];

        Assert.Equal(ranked, new ListComposer(sources, new ProductSimilarity(columns)).Compose(ranked, NoMore(sources), Query() with { MostPerCategory = 1 }, new CustomerState(columns.Products.Count)));
    }

    [Theory]
    [InlineData(null, 0, 0, false)]
    [InlineData(1, 0, 0, true)]
    [InlineData(null, 0.1, 0, true)]
    [InlineData(null, 0, 0.1, true)]
    public void A_list_is_composed_where_a_rule_looks_at_all_of_it(int? mostPerCategory, double leastNewShare, double diversity, bool isNeeded) =>
        Assert.Equal(isNeeded, ListComposer.IsNeeded(Query() with { MostPerCategory = mostPerCategory, LeastNewShare = leastNewShare, Diversity = diversity }));

    [Fact]
    public void Products_are_alike_within_a_category_and_else_as_far_as_the_same_customers_buy_them()
    {
        var columns = RuleStore.Columns;
        var similarity = new ProductSimilarity(columns);
        for (var a = 0; a < columns.Products.Count; a++)
        {
            for (var b = 0; b < columns.Products.Count; b++)
                Assert.Equal(Alike(a, b), similarity.Between(a, b), 1e-6);
        }
    }

    [Fact]
    public void What_nobody_has_bought_is_like_nothing()
    {
        var columns = PurchaseHistory.From(
        [
            new OrderLine("a", "bought", SmallStore.Start), new OrderLine("a", "seen", SmallStore.Start) { Kind = InteractionKind.View },
        ]).Columns;
        var similarity = new ProductSimilarity(columns);
        Assert.Equal((0, 0, 0, 1), (similarity.Between(0, 1), similarity.Between(1, 0), similarity.Between(1, 1), similarity.Between(0, 0)));
    }

    [Fact]
    public void Products_of_one_need_are_alike_whoever_buys_them()
    {
        OrderLine[] lines = [.. ((string[])["heads A", "heads B", "soap", "tea"]).Select((id, i) => new OrderLine($"c{i}", id, SmallStore.Start) { Category = i > 1 ? "daily" : null })];
        var catalog = new ProductCatalog(lines.Take(2).Select(line => new CatalogProduct(line.ProductId, null) { ReplenishmentGroup = "heads" }));
        var similarity = new ProductSimilarity(PurchaseHistory.From(lines, new IngestOptions { Catalog = catalog }).Columns);
        Assert.Equal((1, 1, 0), (similarity.Between(0, 1), similarity.Between(2, 3), similarity.Between(0, 2)));
    }

    private static RecommendationQuery Query() => new() { CustomerId = "anyone" };

    private static RemainingProducts NoMore(RankingSources sources) =>
        new(sources, new CustomerState(sources.Columns.Products.Count), Query() with { MinimumProbability = 1 }, null, [new RankedProduct(0, 0)], _ => 0);

    private static List<RankedProduct> Chosen(RankedProduct[] ranked, RankedProduct[] others, RecommendationQuery query, CustomerState state)
    {
        List<RankedProduct> list = [];
        while (list.Count < query.Count)
        {
            var open = ranked.Where(r => !list.Contains(r) && !IsFull(r.Product)).OrderByDescending(Worth).ThenBy(r => Array.IndexOf(ranked, r)).ToArray();
            var wantsNew = list.Count(r => IsNew(r.Product)) < (int)Math.Floor((decimal)query.LeastNewShare * (list.Count + 1));
            var more = others.Where(r => !list.Contains(r) && !IsFull(r.Product)).ToArray();
            var next = open.Concat(more).Where(r => !wantsNew || IsNew(r.Product)).Concat(open).Concat(more).Take(1).ToArray();
            if (next.Length == 0)
                break;
            list.AddRange(next);
        }

        return list;

        bool IsNew(int product) => state.SlotOf(product) < 0;
        int CategoryOf(int product) => RuleStore.Columns.ProductCategory[product];
        bool IsFull(int product) => CategoryOf(product) >= 0 && list.Count(r => CategoryOf(r.Product) == CategoryOf(product)) >= (query.MostPerCategory ?? int.MaxValue);
        double Worth(RankedProduct r) => r.Probability * (1 - (query.Diversity * list.Select(l => (float)Alike(l.Product, r.Product)).DefaultIfEmpty().Max()));
    }

    private static double Alike(int a, int b)
    {
        var columns = RuleStore.Columns;
        if (columns.ProductCategory[a] >= 0 && columns.ProductCategory[a] == columns.ProductCategory[b])
            return 1;
        var (left, right) = (Buyers(a), Buyers(b));
        return left.Intersect(right).Count() / Math.Sqrt((double)left.Length * right.Length);
    }

    private static int[] Buyers(int product) => _buyers.Value[product];

    private static readonly Lazy<int[][]> _buyers = new(() =>
    {
        var columns = RuleStore.Columns;
        var buyers = Enumerable.Range(0, columns.Products.Count).Select(_ => new HashSet<int>()).ToArray();
        for (var c = 0; c < RuleStore.Customers; c++)
        {
            foreach (var product in RuleStore.Bought(c, int.MaxValue).Keys)
                buyers[product].Add(c);
        }

        return buyers.Select(b => b.ToArray()).ToArray();
    });
}
