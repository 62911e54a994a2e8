using FsCheck;
using FsCheck.Fluent;
using PostPurchase.Recommend.Complements;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Replenishment;
using PostPurchase.Samples;

namespace PostPurchase.Recommend.Tests;

/// <summary>What products are called decides nothing of what is learned about them.</summary>
public sealed class RenamedProductsTests
{
    private static readonly DateTime Start = new(2024, 1, 1);

    [Fact]
    public void Complements_and_consumables_are_those_of_the_products_whatever_they_are_called()
    {
        var (complements, links) = (0, 0);
        Prop.ForAll<int>(seed =>
        {
            var found = Same(Draw((uint)seed), (uint)seed, new ComplementOptions { MostNeighbours = 10, MostPerProduct = 1_000, FalseAlarmRate = 0.5 });
            (complements, links) = (complements + found.Complements, links + found.Links);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
        Assert.True(complements > 30, $"{complements} complements");
        Assert.True(links > 15, $"{links} consumables");
    }

    [Fact]
    public void A_store_with_its_products_renamed_has_the_same_complements_and_consumables()
    {
        var store = SimulatedStore.Create(new SimulatedStoreOptions { Customers = 2_000, Seed = 3 });
        var (complements, links) = Same([.. store.Lines], 1, new ComplementOptions { MostPerProduct = 1_000 });
        Assert.True(complements > 20, $"{complements} complements");
        Assert.True(links > 20, $"{links} consumables");
    }

    /// <summary>Owners of a base come back for its consumable; all baskets are larger than what is looked at on either side.</summary>
    private static List<OrderLine> Draw(ulong seed)
    {
        var random = new SeededRandom(seed);
        List<OrderLine> lines = [];
        for (var c = 0; c < 90; c++)
        {
            var day = random.Next(200);
            for (var visit = 0; visit < 5; visit++)
            {
                for (var i = random.Next(50); i >= 0; i--)
                    lines.Add(Line($"p{random.Next(600):D3}", day + (visit * 30)));
                if (c % 2 == 0)
                    lines.Add(Line(visit == 0 ? "base" : "consumable", day + (visit * 30)));
            }

            OrderLine Line(string product, int on) => new($"c{c:D2}", product, Start.AddDays(on));
        }

        return lines;
    }

    private static (int Complements, int Links) Same(List<OrderLine> lines, ulong seed, ComplementOptions options)
    {
        string[] ids = [.. lines.Select(line => line.ProductId).Distinct().Order(StringComparer.Ordinal)];
        var random = new SeededRandom(seed, 1);
        var renamed = ids.OrderBy(_ => random.NextDouble()).Zip(ids).ToDictionary(pair => pair.First, pair => pair.Second);
        var back = renamed.ToDictionary(pair => pair.Value, pair => pair.Key);
        var one = Learn(lines, options, id => id);
        var other = Learn([.. lines.Select(line => line with { ProductId = renamed[line.ProductId] })], options, id => back[id]);
        Assert.Equal(one.Complements, other.Complements);
        Assert.Equal(one.Links, other.Links);
        return (one.Complements.Length, one.Links.Length);
    }

    private static (string[] Complements, string[] Links) Learn(List<OrderLine> lines, ComplementOptions options, Func<string, string> name)
    {
        var columns = PurchaseHistory.From(lines).Columns;
        var complements = new ComplementTrainer(options).Train(columns, new TrainingRun());
        var links = ConsumableLinkTrainer.Train(columns, PurchasePairs.From(columns), new ReplenishmentOptions(), new TrainingRun());
        int[] products = [.. Enumerable.Range(0, columns.Products.Count)];
        return (Sorted(products.SelectMany(p => complements.Of(p).ToArray().Select(found =>
                $"{Name(p)} > {Name(found.Product)}: {found.Customers} customers, {found.Probability}, {found.Lift}"))),
            // Sums over links come in order of ids, so that the last digits may differ.
            Sorted(products.SelectMany(p => links.From(p).ToArray().Select(link =>
                $"{Name(p)} > {Name(link.Product)}: {link.Gap.LogGap:F6}, {link.Gap.Spread:F6}, {link.Gap.ReturnShare:F6}, {link.Tenure:F6}"))));

        string Name(int product) => name(columns.Products[product]);

        static string[] Sorted(IEnumerable<string> found) => [.. found.Order(StringComparer.Ordinal)];
    }
}
