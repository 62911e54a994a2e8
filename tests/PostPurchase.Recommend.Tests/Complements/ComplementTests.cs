using PostPurchase.Recommend.Complements;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Tests.Oracles;

namespace PostPurchase.Recommend.Tests.Complements;

public sealed class ComplementTests
{
    private static readonly TrainingRun Run = new() { Threads = 1 };

    [Fact]
    public void The_sharpener_follows_the_knife_with_its_known_probability_and_not_the_other_way()
    {
        var columns = PurchaseHistory.From(ComplementStore.Draw(1, 3000)).Columns;
        var model = Train(columns);
        var knife = Assert.Single(model.GoesWith(columns, Ask("knife")));
        Assert.Equal(("sharpener", "knife"), (knife.ProductId, knife.AnchorProductId));
        // About 1,000 knives: the standard deviation of the share is 0.016.
        Assert.InRange(knife.Probability, 0.5 - 0.05, 0.5 + 0.05);
        Assert.True(knife.Lift > 5);
        Assert.Empty(model.GoesWith(columns, Ask("sharpener")));
    }

    [Fact]
    public void Substitutes_are_no_complements()
    {
        var columns = PurchaseHistory.From(ComplementStore.Draw(2, 3000)).Columns;
        var model = Train(columns);
        Assert.Empty(model.GoesWith(columns, Ask("tea0", "tea1")));

        // The same switching counts as a complement once both are also taken in one basket.
        var together = ComplementStore.Draw(2, 3000);
        together.AddRange(together.Where(l => l.ProductId == "tea0").Select(l => l with { ProductId = "tea1" }).ToList());
        var both = PurchaseHistory.From(together).Columns;
        Assert.DoesNotContain(Train(both).GoesWith(both, Ask("tea0")), c => c.ProductId != "tea1");
    }

    [Fact]
    public void Products_that_the_catalogue_says_serve_one_need_are_no_complements()
    {
        var lines = ComplementStore.Draw(1, 3000);
        var columns = PurchaseHistory.From(lines).Columns;
        var model = Train(columns);
        var (anchor, following) = Enumerable.Range(0, columns.Products.Count).Where(p => model.Of(p).Length > 0)
            .Select(p => (columns.Products[p], columns.Products[model.Of(p)[0].Product])).First();
        Assert.Contains(model.GoesWith(columns, Ask(anchor)), c => c.ProductId == following);
        foreach (var (group, found) in new[] { ("need", false), ("another need", true) })
        {
            var catalog = new ProductCatalog(
                [new CatalogProduct(anchor, null) { ReplenishmentGroup = "need" }, new CatalogProduct(following, null) { ReplenishmentGroup = group }]);
            var grouped = PurchaseHistory.From(lines, new IngestOptions { Catalog = catalog }).Columns;
            Assert.Equal(found, Train(grouped).GoesWith(grouped, Ask(anchor)).Any(c => c.ProductId == following));
        }
    }

    [Fact]
    public void Chance_alone_gives_hardly_any_complement()
    {
        var found = 0;
        var anchors = 0;
        for (ulong seed = 10; seed < 20; seed++)
        {
            var columns = PurchaseHistory.From(ComplementStore.Draw(seed, 400, 0).Where(l => l.ProductId.StartsWith("other", StringComparison.Ordinal))).Columns;
            var model = Train(columns);
            anchors += columns.Products.Count;
            found += Enumerable.Range(0, columns.Products.Count).Count(a => model.Of(a).Length > 0);
        }

        // At a rate of 1 in 100 for an anchor, 400 anchors give 4 +- 2; 12 lie four standard deviations off.
        Assert.InRange(found, 0, 12);
        Assert.Equal(400, anchors);
    }

    [Fact]
    public void A_product_that_came_later_follows_no_older_one()
    {
        // Everybody who had anything before the launch can only have the new product after it.
        var lines = ComplementStore.Draw(8, 2000, 0);
        var random = new SeededRandom(80);
        lines.AddRange(Enumerable.Range(0, 900).Select(i => new OrderLine($"c{random.Next(2000):D4}", "launched", ComplementStore.Start.AddDays(300 + random.Next(60)))));
        var columns = PurchaseHistory.From(lines).Columns;
        var model = Train(columns);
        var launched = columns.Products.Find("launched");
        Assert.DoesNotContain(Enumerable.Range(0, columns.Products.Count), a => model.Of(a).ToArray().Any(c => c.Product == launched));
    }

    [Fact]
    public void Counts_equal_those_of_the_naive_definition()
    {
        var columns = PurchaseHistory.From(ComplementStore.Draw(3, 60)).Columns;
        var options = new ComplementOptions { HorizonDays = 40 };
        var sequences = FirstPurchaseSequences.From(columns);
        var shares = new PeriodShares(sequences, columns.FirstDay, columns.LastDay);
        var counts = new AnchorCounts(sequences, shares, options, columns.LastDay);
        for (var anchor = 0; anchor < columns.Products.Count; anchor++)
        {
            counts.Load(anchor);
            for (var other = 0; other < columns.Products.Count; other++)
            {
                if (other == anchor)
                    continue;
                var gaps = Enumerable.Range(0, columns.Customers.Count)
                    .Select(c => (A: FirstDay(columns, c, anchor), B: FirstDay(columns, c, other)))
                    .Where(d => d.A is not null && d.B is not null).Select(d => d.B!.Value - d.A!.Value).ToArray();
                Assert.Equal(gaps.Count(g => g is > 0 and <= 40), counts.After(other));
                Assert.Equal(gaps.Count(g => g is < 0 and >= -40), counts.Before(other));
                Assert.Equal(gaps.Count(g => g == 0), counts.With(other));
            }

            // By chance, all products together share all the first purchases there were.
            var all = Enumerable.Range(0, columns.Products.Count).ToArray();
            Assert.Equal(all.Sum(counts.After), all.Sum(counts.ExpectedAfter), 6);
            Assert.Equal(all.Sum(counts.With), all.Sum(counts.ExpectedWith), 6);
        }
    }

    [Theory]
    [InlineData(1, 45, 2, 1.0, 1.0, 1000, 40)]
    [InlineData(2, 20, 3, 1.2, 0.3, 3, 40)]
    [InlineData(3, 90, 4, 1.1, 0.6, 1000, 40)]
    [InlineData(4, 300, 2, 1.0, 0.6, 2, 40)]
    [InlineData(5, 45, 2, 1.0, 1.0, 1000, 10)]
    [InlineData(6, 30, 2, 1.0, 1.0, 1000, 8)]
    public void Complements_are_those_of_the_definition(ulong seed, int horizon, int customers, double lift, double alarms, int most, int visitDays)
    {
        var random = new SeededRandom(seed);
        List<OrderLine> lines = [];
        for (var c = 0; c < 60; c++)
        {
            // Few products and more visits than neighbours are looked at; X and Y are never bought together, and Z follows X.
            for (var i = 0; i < 18; i++)
                lines.Add(new OrderLine($"c{c:D2}", $"p{random.Next(1 + random.Next(24)):D2}", ComplementStore.Start.AddDays(random.Next(visitDays) * 4)));
            var day = 4 * random.Next(visitDays * 3 / 4);
            lines.Add(new OrderLine($"c{c:D2}", c % 2 == 0 ? "X" : "Y", ComplementStore.Start.AddDays(day)));
            lines.Add(new OrderLine($"c{c:D2}", c % 2 == 0 ? "Y" : "X", ComplementStore.Start.AddDays(day + 4 + random.Next(20))));
            if (c % 3 > 0)
                lines.Add(new OrderLine($"c{c:D2}", "Z", ComplementStore.Start.AddDays(day + 8)));
        }

        var columns = PurchaseHistory.From(lines).Columns;
        var options = new ComplementOptions
        {
            HorizonDays = horizon,
            MinimumCustomers = customers,
            MinimumLift = lift,
            FalseAlarmRate = alarms,
            MostPerProduct = most,
            MostNeighbours = 10,
        };
        var (model, naive) = (Train(columns, options), new NaiveComplements(columns, options));
        var found = 0;
        for (var anchor = 0; anchor < columns.Products.Count; anchor++)
        {
            var expected = naive.Of(anchor);
            var actual = model.Of(anchor).ToArray();
            Assert.Equal(expected.Select(x => (x.Product, x.Customers)), actual.Select(x => (x.Product, x.Customers)));
            foreach (var (one, other) in expected.Zip(actual))
                Assert.Equal((0, 0), (Math.Round(one.Probability - other.Probability, 5), Math.Round(one.Lift - other.Lift, 4)));
            found += actual.Length;
        }

        Assert.True(found > 0);
        // Of several products of the basket the one it follows most often speaks for a complement.
        var offered = 0;
        int[] anchors = [.. Enumerable.Range(0, columns.Products.Count).Where(anchor => model.Of(anchor).Length > 0)];
        foreach (var basket in anchors.Zip(anchors.Skip(1), (one, next) => (int[])[one, next]))
        {
            var expected = basket.SelectMany(anchor => model.Of(anchor).ToArray().Select(pair => (Anchor: anchor, Pair: pair))).Where(x => !basket.Contains(x.Pair.Product))
                .GroupBy(x => x.Pair.Product).Select(g => g.OrderByDescending(x => x.Pair.Probability).ThenBy(x => x.Anchor).First())
                .OrderByDescending(x => x.Pair.Probability).ThenBy(x => x.Pair.Product)
                .Select(x => new Complement(columns.Products[x.Pair.Product], columns.Products[x.Anchor], x.Pair.Probability, x.Pair.Lift, x.Pair.Customers)).ToArray();
            Assert.Equal(expected, model.GoesWith(columns, Ask([.. basket.Select(p => columns.Products[p])]) with { Count = 1000 }));
            offered += expected.Length;
        }

        Assert.True(offered > 0);
        Assert.Equal(visitDays < 40, naive.Substitutes > 0);
    }

    [Fact]
    public void Basket_products_and_unknown_ones_are_passed_over_and_the_count_is_a_prefix()
    {
        var columns = PurchaseHistory.From(ComplementStore.Draw(4, 2000)).Columns;
        var model = Train(columns, new ComplementOptions { FalseAlarmRate = 1, MinimumLift = 1, MinimumCustomers = 2 });
        string[] basket = ["knife", "nonsense", .. Enumerable.Range(0, 20).Select(i => $"other{i:D2}")];
        var all = model.GoesWith(columns, Ask(basket) with { Count = 100 });
        Assert.True(all.Count > 3, $"{all.Count} complements are too few to show the order");
        Assert.DoesNotContain(all, c => basket.Contains(c.ProductId));
        Assert.Equal(all.Take(3), model.GoesWith(columns, Ask(basket) with { Count = 3 }));
        Assert.Equal(all.OrderByDescending(c => c.Probability).ThenBy(c => c.ProductId, StringComparer.Ordinal), all);
        Assert.Empty(model.GoesWith(columns, Ask("nonsense")));
    }

    [Fact]
    public void A_product_bought_at_the_end_of_the_log_is_not_held_against_its_complement()
    {
        // Half the knives are so late that no sharpener can have followed yet.
        var lines = ComplementStore.Draw(5, 2000, 0.6);
        var last = lines.Max(l => l.PlacedAt);
        lines.AddRange(Enumerable.Range(0, 600).Select(i => new OrderLine($"late{i}", "knife", last)));
        var columns = PurchaseHistory.From(lines).Columns;
        Assert.InRange(Assert.Single(Train(columns).GoesWith(columns, Ask("knife"))).Probability, 0.54, 0.66);
    }

    [Fact]
    public void One_thread_and_four_give_the_same_bytes_and_they_come_back()
    {
        var columns = PurchaseHistory.From(ComplementStore.Draw(6, 800)).Columns;
        var one = Bytes(Train(columns));
        var four = Bytes(new ComplementTrainer(new ComplementOptions()).Train(columns, new TrainingRun { Threads = 4 }));
        Assert.Equal(one, four);
        var back = ComplementModel.Read(new SectionReader("complements", new MemoryStream(one), one.Length), columns.Products.Count);
        Assert.Equal(one, Bytes(back));
    }

    [Fact]
    public void A_damaged_section_is_refused_and_never_crashes()
    {
        var columns = PurchaseHistory.From(ComplementStore.Draw(6, 300)).Columns;
        var good = Bytes(Train(columns));
        for (var i = 0; i < good.Length; i += 3)
        {
            var bad = good.ToArray();
            bad[i] ^= 0x80;
            try
            {
                var model = ComplementModel.Read(new SectionReader("complements", new MemoryStream(bad), bad.Length), columns.Products.Count);
                for (var a = 0; a < columns.Products.Count; a++)
                    Assert.All(model.Of(a).ToArray(), c => Assert.InRange(c.Product, 0, columns.Products.Count - 1));
            }
            catch (ModelFormatException)
            {
                continue;
            }
        }
    }

    [Fact]
    public void Options_list_every_error_at_once()
    {
        var thrown = Assert.Throws<InvalidOptionsException>(() =>
            new ComplementOptions { HorizonDays = 0, MinimumCustomers = 1, MinimumLift = 0, FalseAlarmRate = double.NaN, MostPerProduct = 0, MostNeighbours = 9 }.Validate());
        Assert.Equal(6, thrown.Errors.Count);
    }

    private static ComplementModel Train(PurchaseColumns columns, ComplementOptions? options = null) =>
        new ComplementTrainer(options ?? new ComplementOptions()).Train(columns, Run);

    private static ComplementQuery Ask(params string[] basket) => new() { BasketProductIds = basket };

    private static byte[] Bytes(ComplementModel model)
    {
        using var stream = new MemoryStream();
        model.Write(new SectionWriter(stream));
        return stream.ToArray();
    }

    private static int? FirstDay(PurchaseColumns columns, int customer, int product)
    {
        for (var row = columns.CustomerStart[customer]; row < columns.CustomerStart[customer + 1]; row++)
        {
            if (columns.Product[row] == product)
                return columns.Day[row];
        }

        return null;
    }
}
