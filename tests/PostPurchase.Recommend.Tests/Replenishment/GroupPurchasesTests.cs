using FsCheck;
using FsCheck.Fluent;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class GroupPurchasesTests
{
    private static readonly string[] Groups = ["heads", "soap"];

    [Fact]
    public void A_pair_stands_in_its_group_as_counting_line_by_line_says() => Prop.ForAll<int>(seed =>
    {
        var columns = Draw(seed);
        var (pairs, visits, found) = (PurchasePairs.From(columns), new CustomerVisits(), new float[5]);
        var asOf = columns.FirstDay + 1 + (int)((uint)seed % 120);
        for (var customer = 0; customer < columns.Customers.Count; customer++)
        {
            visits.Load(columns, customer, asOf);
            for (var pair = pairs.CustomerStart[customer]; pair < pairs.CustomerStart[customer + 1]; pair++)
            {
                var own = new PairPurchases(columns, pairs, pair, asOf);
                if (own.Count == 0)
                    continue;
                visits.Groups.Fill(pairs.Product[pair], own, asOf, found);
                Assert.Equal(Naive(columns, customer, pairs.Product[pair], asOf), found.Select(value => Math.Round(value, 4)));
                Assert.Equal(columns.ProductGroup[pairs.Product[pair]] >= 0, visits.Groups.IsMet(pairs.Product[pair]));
            }
        }

        // Nothing is left of the last one when somebody unknown is asked about.
        visits.Load(columns, -1, asOf);
        Assert.DoesNotContain(Enumerable.Range(0, columns.Products.Count), visits.Groups.IsMet);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(1_000_000));

    [Fact]
    public void Without_groups_categories_are_looked_at_but_meet_no_need_and_without_both_nothing_is()
    {
        OrderLine[] lines = [RhythmicLog.Line("c", "heads A", 0), RhythmicLog.Line("c", "heads B", 8)];
        var category = PurchaseHistory.From(lines.Select(line => line with { Category = "care" })).Columns;
        var (visits, found) = (new CustomerVisits(), new float[5]);
        visits.Load(category, 0, category.FirstDay + 10);
        visits.Groups.Fill(0, Own(category, 0), category.FirstDay + 10, found);
        Assert.Equal(Math.Log(0.2), found[0], 5);
        Assert.Equal(Math.Log(2), found[1], 5);
        Assert.False(visits.Groups.IsMet(0));

        var neither = PurchaseHistory.From(lines).Columns;
        visits.Load(neither, 0, neither.FirstDay + 10);
        visits.Groups.Fill(0, Own(neither, 0), neither.FirstDay + 10, found);
        Assert.All(found, value => Assert.Equal(0, value));
        Assert.False(visits.Groups.IsMet(0));
        Assert.False(visits.Groups.IsMet(-1));

        static PairPurchases Own(PurchaseColumns columns, int pair) => new(columns, PurchasePairs.From(columns), pair, columns.FirstDay + 10);
    }

    private static IEnumerable<double> Naive(PurchaseColumns columns, int customer, int product, int asOf)
    {
        var rows = Enumerable.Range(columns.CustomerStart[customer], columns.CustomerStart[customer + 1] - columns.CustomerStart[customer])
            .Where(row => columns.Day[row] < asOf).ToArray();
        int[] own = [.. rows.Where(row => columns.Product[row] == product).Select(row => columns.Day[row])];
        var group = columns.ProductGroup[product];
        int[] all = group < 0 ? own : [.. rows.Where(row => columns.ProductGroup[columns.Product[row]] == group).Select(row => columns.Day[row])];
        double waited = asOf - all.Max();
        var gap = all.Length > 1 ? (all.Max() - all.Min()) / (double)(all.Length - 1) : 0;
        double[] expected =
        [
            Math.Log(waited / (asOf - own[^1])),
            Math.Log(1 + all.Count(day => day > own[^1])),
            Math.Log((own.Length + 0.5) / (all.Length - own.Length + 0.5)),
            Math.Log(own.Length / (double)all.Count(day => day >= own[0])),
            Math.Log(waited / (gap + 7)),
        ];
        return expected.Select(value => Math.Round((float)value, 4));
    }

    private static PurchaseColumns Draw(int seed)
    {
        var random = new Random(seed);
        var lines = Enumerable.Range(0, 60).Select(_ => RhythmicLog.Line($"c{random.Next(3)}", $"p{random.Next(6)}", random.Next(100))).ToArray();
        // Every third product serves a need of its own.
        var catalog = new ProductCatalog(Enumerable.Range(0, 6).Select(p => new CatalogProduct($"p{p}", null) { ReplenishmentGroup = p % 3 == 2 ? null : Groups[p % 3] }));
        return PurchaseHistory.From(lines, new IngestOptions { Catalog = catalog }).Columns;
    }
}
