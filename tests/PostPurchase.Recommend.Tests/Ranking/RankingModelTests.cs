using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

public sealed class RankingModelTests
{
    private static readonly PurchaseHistory History = SmallStore.History();
    private static readonly RankingModel Model = SmallStore.Train(History);

    [Fact]
    public void Favourites_come_first_and_what_is_never_missing_before_them()
    {
        foreach (var customer in new[] { 0, 17, 42 })
        {
            var list = Model.Recommend(new RecommendationQuery { CustomerId = $"C{customer:000}" });

            var first = list.Items.Take(4).Select(i => i.ProductId).ToHashSet();
            Assert.Equal("BAG", list.Items[0].ProductId);
            var favourites = Enumerable.Range(0, 3).Count(i => first.Contains($"P{1 + ((customer + (i * 7)) % (SmallStore.Products - 1)):00}"));
            Assert.True(favourites >= 2, $"{customer}: {string.Join(' ', first)}");
            Assert.True(list.Items[0].Probability > 0.9);
            Assert.True(list.IsKnownCustomer);
        }
    }

    [Fact]
    public void Probabilities_agree_with_what_happens_next()
    {
        var later = PurchaseHistory.From(SmallStore.Lines(400, 9, seed: 5));
        var cut = DateOnly.FromDateTime(SmallStore.Start).DayNumber + 65;
        var model = new RankingTrainer(SmallStore.FastOptions).Train(HistorySplit.Before(later.Columns, cut), new TrainingRun { Threads = 2 });
        double predicted = 0, happened = 0, count = 0;
        for (var c = 0; c < later.CustomerCount; c++)
        {
            var next = later.Columns.EndBefore(c, cut);
            if (next == later.Columns.CustomerStart[c + 1])
                continue;
            var day = later.Columns.Day[next];
            var truth = new HashSet<string>();
            for (var row = next; row < later.Columns.EndBefore(c, day + 1); row++)
                truth.Add(later.ProductIds[later.Columns.Product[row]]);
            foreach (var item in model.Recommend(new RecommendationQuery { CustomerId = later.CustomerIds[c], AsOf = DateOnly.FromDayNumber(day), Count = 8 }).Items)
            {
                predicted += item.Probability;
                happened += truth.Contains(item.ProductId) ? 1 : 0;
                count++;
            }
        }

        Assert.InRange(predicted / count, (happened / count) - 0.03, (happened / count) + 0.03);
    }

    [Fact]
    public void What_followed_a_product_elsewhere_is_offered_for_it()
    {
        var bought = History.Columns;
        var buyers = Enumerable.Range(0, History.CustomerCount).Where(c =>
        {
            var last = bought.Day[bought.CustomerStart[c + 1] - 1];
            var products = Enumerable.Range(bought.CustomerStart[c], bought.CustomerStart[c + 1] - bought.CustomerStart[c])
                .Where(r => bought.Day[r] == last).Select(r => History.ProductIds[bought.Product[r]]).ToHashSet();
            return products.Contains("KNIFE") && !products.Contains("STONE");
        }).ToArray();
        Assert.NotEmpty(buyers);

        foreach (var c in buyers)
        {
            var list = Model.Recommend(new RecommendationQuery { CustomerId = History.CustomerIds[c], Count = 40 });
            var stone = list.Items.Select((item, place) => (item, place)).First(x => x.item.ProductId == "STONE");
            Assert.Equal(ReasonKind.GoesWith, stone.item.Reason.Kind);
            Assert.Equal(Evidence.Product, stone.item.Evidence);
        }
    }

    [Fact]
    public void Reasons_count_what_the_customer_bought()
    {
        var item = Model.Recommend(new RecommendationQuery { CustomerId = "C003" }).Items[0];

        Assert.Equal(("BAG", Evidence.Own, ReasonKind.BoughtBefore, 8), (item.ProductId, item.Evidence, item.Reason.Kind, item.Reason.TimesBought));
        Assert.NotNull(item.Reason.MeanGapDays);
        Assert.True(item.Reason.DaysSinceLast > 0);
    }

    [Fact]
    public void A_stranger_is_answered_with_what_all_buy()
    {
        var list = Model.Recommend(new RecommendationQuery { CustomerId = "nobody" });

        Assert.False(list.IsKnownCustomer);
        Assert.Equal(10, list.Items.Count);
        Assert.Equal(["BAG", "P00"], list.Items.Take(2).Select(i => i.ProductId));
        Assert.All(list.Items, i => Assert.Equal(Evidence.Population, i.Evidence));
    }

    [Fact]
    public void Before_the_first_purchase_a_customer_is_a_stranger()
    {
        var early = DateOnly.FromDateTime(SmallStore.Start).AddDays(-3);
        var list = Model.Recommend(new RecommendationQuery { CustomerId = "C001", AsOf = early });

        Assert.False(list.IsKnownCustomer);
        Assert.All(list.Items, i => Assert.NotEqual(ReasonKind.BoughtBefore, i.Reason.Kind));
    }

    [Theory]
    [InlineData("C005")]
    [InlineData("nobody")]
    public void A_short_list_is_the_start_of_a_longer_one(string customer)
    {
        var all = Model.Recommend(new RecommendationQuery { CustomerId = customer, Count = 10_000 }).Items;

        Assert.Equal(History.ProductCount, all.Count);
        Assert.Equal(all.Count, all.Select(i => i.ProductId).Distinct().Count());
        foreach (var count in new[] { 1, 5, 20, 35 })
            Assert.Equal(all.Take(count), Model.Recommend(new RecommendationQuery { CustomerId = customer, Count = count }).Items);
        for (var i = 1; i < all.Count; i++)
            Assert.True(all[i].Probability <= all[i - 1].Probability);
        Assert.All(all, i => Assert.InRange(i.Probability, 0, 1));
    }

    [Fact]
    public void New_products_only_leaves_out_everything_bought_before()
    {
        var own = Model.Recommend(new RecommendationQuery { CustomerId = "C009", Count = 1000 }).Items.Where(i => i.Evidence == Evidence.Own).ToArray();
        var fresh = Model.Recommend(new RecommendationQuery { CustomerId = "C009", Count = 1000, NewProductsOnly = true }).Items;

        Assert.NotEmpty(own);
        Assert.Equal(History.ProductCount - own.Length, fresh.Count);
        Assert.DoesNotContain(fresh, i => i.Evidence == Evidence.Own);
    }

    [Fact]
    public void One_thread_and_many_learn_the_same() =>
        Assert.Equal(SmallStore.Bytes(Model), SmallStore.Bytes(SmallStore.Train(History, threads: 4)));

    [Fact]
    public void The_order_of_the_lines_is_irrelevant()
    {
        var lines = SmallStore.Lines(60, 8, 1);
        var random = new SeededRandom(99);
        var shuffled = PurchaseHistory.From(lines.OrderBy(_ => random.NextUInt64()));

        Assert.Equal(SmallStore.Bytes(Model), SmallStore.Bytes(SmallStore.Train(shuffled)));
    }

    [Fact]
    public void A_saved_model_gives_the_same_lists()
    {
        var loaded = SmallStore.Read(SmallStore.Bytes(Model), History);

        for (var c = 0; c < 60; c += 7)
        {
            var query = new RecommendationQuery { CustomerId = $"C{c:000}", Count = 30 };
            Assert.Equal(Model.Recommend(query).Items, loaded.Recommend(query).Items);
        }
    }

    [Fact]
    public void A_damaged_model_is_refused_or_answers_and_never_crashes()
    {
        var bytes = SmallStore.Bytes(Model);
        var random = new SeededRandom(4);
        for (var i = 0; i < 400; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[random.Next(bytes.Length)] ^= (byte)(1 + random.Next(255));
            try
            {
                Assert.Equal(10, SmallStore.Read(damaged, History).Recommend(new RecommendationQuery { CustomerId = "C010" }).Items.Count);
            }
            catch (ModelFormatException)
            {
                continue;
            }
        }
    }

    [Fact]
    public void What_a_customer_buys_later_changes_no_answer_for_an_earlier_day()
    {
        var asOf = DateOnly.FromDateTime(SmallStore.Start).AddDays(30);
        var cut = History.Columns.Day.Count(d => d < asOf.DayNumber);
        Assert.InRange(cut, 1, History.PurchaseCount - 1);
        var before = HistorySplit.Before(History.Columns, asOf.DayNumber);
        var model = new RankingTrainer(SmallStore.FastOptions).Train(before, new TrainingRun());

        // The same blend over the whole history: all that is asked as of the day must be found before it.
        var query = new RecommendationQuery { CustomerId = "C020", AsOf = asOf };
        Assert.Equal(
            model.Recommend(query).Items.Where(i => i.Evidence == Evidence.Own).Select(i => (i.ProductId, i.Reason)).OrderBy(x => x.ProductId),
            Model.Recommend(query).Items.Where(i => i.Evidence == Evidence.Own).Select(i => (i.ProductId, i.Reason)).OrderBy(x => x.ProductId));
    }

    [Fact]
    public async Task Many_threads_ask_one_model_at_once()
    {
        var expected = Enumerable.Range(0, 60).Select(c => Model.Recommend(new RecommendationQuery { CustomerId = $"C{c:000}" }).Items).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(t => Task.Run(() =>
        {
            for (var c = 0; c < 60; c++)
                Assert.Equal(expected[c], Model.Recommend(new RecommendationQuery { CustomerId = $"C{c:000}" }).Items);
        })));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 4)]
    public void Stores_of_next_to_nothing_still_answer(int customers, int visits)
    {
        var history = PurchaseHistory.From(Enumerable.Range(0, customers).SelectMany(c => Enumerable.Range(0, visits)
            .Select(v => new OrderLine($"C{c}", $"P{v % 2}", SmallStore.Start.AddDays(v * 3)))));
        var list = SmallStore.Train(history).Recommend(new RecommendationQuery { CustomerId = "C0" });

        Assert.Equal(history.ProductCount, list.Items.Count);
        Assert.All(list.Items, i => Assert.InRange(i.Probability, 0, 1));
    }
}
