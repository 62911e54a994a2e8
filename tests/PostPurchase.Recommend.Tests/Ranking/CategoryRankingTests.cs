using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

/// <summary>A store where everybody keeps to one category and hardly ever buys the same product twice.</summary>
public sealed class CategoryRankingTests
{
    private const int Categories = 6;
    private const int PerCategory = 30;
    private static readonly PurchaseHistory History = Store(withCatalog: true);

    [Fact]
    public void Shelves_hold_each_category_by_sales()
    {
        var columns = History.Columns;
        var shelves = CategoryShelves.From(columns, ProductStatistics.From(columns));

        Assert.Equal(Categories, shelves.Count);
        for (var c = 0; c < Categories; c++)
        {
            var products = Enumerable.Range(0, columns.Products.Count).Where(p => columns.ProductCategory[p] == c).ToArray();
            var sales = products.ToDictionary(p => p, p => columns.Product.Count(x => x == p));
            Assert.Equal(products.OrderByDescending(p => sales[p]).ThenBy(p => p), shelves.Of(c).ToArray());
            Assert.All(products, p => Assert.Equal((float)sales[p] / sales.Values.Sum(), shelves.ShareOfCategory(p), 1e-6f));
        }
    }

    [Fact]
    public void A_customers_categories_are_those_of_the_purchases_before_the_day()
    {
        var columns = History.Columns;
        var (state, categories) = (new CustomerState(columns.Products.Count), new CategoryState(Categories));
        var day = columns.FirstDay + 40;
        foreach (var customer in new[] { 3, 50, -1 })
        {
            state.Load(columns, customer, day);
            categories.Load(columns, state);

            for (var c = 0; c < Categories; c++)
            {
                var own = state.Own.ToArray().Where(o => columns.ProductCategory[o.Product] == c).ToArray();
                Assert.Equal(own.Sum(o => o.BasketDecaySlow) / Math.Max(1e-9f, state.Own.ToArray().Sum(o => o.BasketDecaySlow)), categories.Share(c), 1e-5f);
                Assert.Equal(own.Length == 0 ? float.NaN : day - own.Max(o => o.LastDay), categories.DaysSince(c, day));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void New_products_come_from_the_category_that_the_customer_keeps_to(int customer)
    {
        var model = new RankingTrainer(SmallStore.FastOptions).Train(History.Columns, new TrainingRun { Threads = 2 });

        var list = model.Recommend(new RecommendationQuery { CustomerId = $"C{customer:000}", Count = 8, NewProductsOnly = true });

        Assert.All(list.Items, item => Assert.StartsWith($"K{customer % Categories}", item.ProductId, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_catalogue_there_are_no_shelves_and_no_features_of_them()
    {
        var plain = Store(withCatalog: false).Columns;
        var sources = RankingSources.From(
            plain, SalesCalendar.From(plain), new ImplicitAlsTrainer(SmallStore.FastOptions.Factorization), new TrainingRun { Threads = 1 });
        var scratch = sources.NewScratch();
        scratch.State.Load(plain, 0, int.MaxValue);
        CandidateFinder.Find(sources, 0, newOnly: false, scratch);
        var rows = scratch.Rows(scratch.Candidates.Count * RankingFeatures.Count);
        RankingFeatures.Fill(sources, scratch, rows);

        Assert.Equal(0, sources.Shelves.Count);
        Assert.Equal(float.NaN, rows[(int)RankingFeature.Category_Share]);
        Assert.Equal(float.NaN, rows[(int)RankingFeature.Category_ProductShare]);
    }

    [Fact]
    public void Replenishment_groups_are_looked_at_as_categories_are_and_before_them()
    {
        // All in one category, which alone would say nothing.
        var grouped = Store(id => new CatalogProduct(id, "all") { ReplenishmentGroup = id[..2] });
        var columns = grouped.Columns;
        var shelves = CategoryShelves.From(columns, ProductStatistics.From(columns));
        Assert.Equal(Categories, shelves.Count);
        Assert.All(shelves.Of(2).ToArray(), product => Assert.StartsWith("K2", columns.Products[product], StringComparison.Ordinal));

        var list = new RankingTrainer(SmallStore.FastOptions).Train(columns, new TrainingRun { Threads = 2 })
            .Recommend(new RecommendationQuery { CustomerId = "C003", Count = 8, NewProductsOnly = true });
        Assert.All(list.Items, item => Assert.StartsWith("K3", item.ProductId, StringComparison.Ordinal));
    }

    private static PurchaseHistory Store(bool withCatalog) => Store(withCatalog ? id => new CatalogProduct(id, id[..2]) : null);

    private static PurchaseHistory Store(Func<string, CatalogProduct>? describe)
    {
        List<OrderLine> lines = [];
        for (var c = 0; c < 90; c++)
        {
            var random = new SeededRandom(3, (ulong)c);
            var day = random.Next(20);
            for (var v = 0; v < 8; v++, day += 4 + random.Next(8))
            {
                for (var i = 0; i < 2; i++)
                    lines.Add(new OrderLine($"C{c:000}", $"K{c % Categories}-{random.Next(PerCategory):00}", SmallStore.Start.AddDays(day)));
            }
        }

        var catalog = describe is null ? null : new ProductCatalog(lines.Select(l => l.ProductId).Distinct().Select(describe));
        return PurchaseHistory.From(lines, new IngestOptions { Catalog = catalog });
    }
}
