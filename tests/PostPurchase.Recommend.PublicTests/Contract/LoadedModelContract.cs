using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.PublicTests.Contract;

/// <summary>The contract, held by a model that was saved and loaded, and what saving and loading promise.</summary>
public sealed class LoadedModelContract : RecommenderContract
{
    private static readonly Lazy<PostPurchaseModel> Standard = new(() => Train(Shop.StandardHabits));

    protected override IRecommender Learn(IEnumerable<OrderLine> lines) => Load(Save(Train(lines)));

    [Fact]
    public async Task A_loaded_model_gives_the_same_answers_to_the_bit()
    {
        var model = Standard.Value;
        var loaded = Load(Save(model));
        Assert.Equal((model.FirstDay, model.LastDay), (loaded.FirstDay, loaded.LastDay));
        Assert.Equal(model.CustomerIds, loaded.CustomerIds);
        var queries = model.CustomerIds.Append("nobody").Select(c => Ask(c, 10)).ToArray();
        foreach (var (a, b) in model.RecommendAll(queries).Zip(loaded.RecommendAll(queries)))
        {
            Assert.Equal((a.CustomerId, a.AsOf, a.IsKnownCustomer), (b.CustomerId, b.AsOf, b.IsKnownCustomer));
            Assert.Equal(a.Items, b.Items);
        }

        var due = new DueQuery { Window = DateWindow.Of(Shop.Day(401), 14), MinimumProbability = 0 };
        Assert.Equal(await All(model.DueAsync(due)), await All(loaded.DueAsync(due)));
        foreach (var product in model.ProductIds)
            Assert.Equal(model.GoesWith(new ComplementQuery { BasketProductIds = [product] }), loaded.GoesWith(new ComplementQuery { BasketProductIds = [product] }));
    }

    [Fact]
    public void Saving_what_was_loaded_gives_the_same_bytes()
    {
        var bytes = Save(Standard.Value);
        Assert.Equal(bytes, Save(Load(bytes)));
    }

    [Fact]
    public void Threads_and_the_order_of_the_lines_change_no_byte()
    {
        var lines = Shop.Habits(80, 250);
        var expected = Save(Train(lines, threads: 1));
        Assert.Equal(expected, Save(Train(lines, threads: 4)));
        Assert.Equal(expected, Save(Train(Shop.Shuffle(lines), threads: 2)));
    }

    [Fact]
    public void A_batch_that_cannot_be_answered_says_which_question_is_wrong()
    {
        var model = Standard.Value;
        Assert.Contains("Query 1 ", Assert.Throws<ArgumentException>(() => model.RecommendAll([Ask("a", 5), null!])).Message, StringComparison.Ordinal);
        var noThreads = new TrainingRun { Threads = 0 };
        foreach (var ask in (Action[])[
            () => model.RecommendAll([Ask("a", 5)], noThreads),
            () => model.ForecastAll([("a", "b")], Shop.Day(401), noThreads),
            () => Assert.Empty(model.ForecastAll(Shop.Day(401), noThreads)),
            () => new PostPurchaseTrainer().Train(PurchaseHistory.From(Shop.StandardHabits), noThreads)])
        {
            Assert.Contains("Threads is 0", Assert.Throws<InvalidOptionsException>(ask).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Options_of_all_parts_are_checked_at_once()
    {
        var options = new PostPurchaseOptions
        {
            Replenishment = new() { HorizonDays = 0, Customers = new() { MostRegularity = 99 } },
            Complements = new() { MinimumLift = double.NaN },
        };
        var errors = Assert.Throws<InvalidOptionsException>(() => new PostPurchaseTrainer(options)).Errors;
        Assert.Equal(3, errors.Count);
        foreach (var name in (string[])["Replenishment.HorizonDays is 0 ", "Replenishment.Customers.MostRegularity is 99 ", "Complements.MinimumLift is NaN "])
            Assert.Contains(errors, error => error.StartsWith(name, StringComparison.Ordinal));
        var missing = new PostPurchaseOptions { Replenishment = new() { Customers = null! }, Complements = null! };
        Assert.Equal(
            ["Replenishment.Customers is missing", "Complements is missing"],
            Assert.Throws<InvalidOptionsException>(() => new PostPurchaseTrainer(missing)).Errors);
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_no_place_to_load_from()
    {
        using var stream = new System.IO.Compression.DeflateStream(new MemoryStream(), System.IO.Compression.CompressionMode.Decompress);
        Assert.Contains("seek", Assert.Throws<ArgumentException>(() => PostPurchaseModel.Load(stream)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_is_cancelled_ends_without_an_answer()
    {
        var model = Standard.Value;
        Assert.Empty(model.ReplenishmentGroups);
        var cancelled = new TrainingRun { Cancellation = new CancellationToken(canceled: true) };
        foreach (var ask in (Action[])[
            () => model.RecommendAll([Ask("a", 5)], cancelled),
            () => model.ForecastAll([("a", "b")], Shop.Day(401), cancelled),
            () => Assert.Empty(model.ForecastAll(Shop.Day(401), cancelled)),
            () => model.ForecastGroups([("a", "b")], Shop.Day(401), cancelled)])
        {
            Assert.ThrowsAny<OperationCanceledException>(ask);
        }
    }

    [Fact]
    public void Forecasts_of_all_end_with_the_customer_at_hand_when_they_are_cancelled()
    {
        using var source = new CancellationTokenSource();
        HashSet<string> customers = [];
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var forecast in Standard.Value.ForecastAll(Shop.Day(401), new TrainingRun { Cancellation = source.Token }))
            {
                customers.Add(forecast.CustomerId);
                source.Cancel();
            }
        });
        Assert.Single(customers);
    }

    [Fact]
    public void A_batch_gives_the_answers_of_single_questions()
    {
        var model = Standard.Value;
        var queries = model.CustomerIds.Select(c => Ask(c, 7)).ToArray();
        var batch = model.RecommendAll(queries, new TrainingRun { Threads = 3 });
        for (var i = 0; i < queries.Length; i++)
            Assert.Equal(model.Recommend(queries[i]).Items, batch[i].Items);
    }

    [Fact]
    public void Forecasts_of_many_pairs_are_those_of_single_questions_in_any_order_and_on_any_threads()
    {
        var model = Standard.Value;
        // Before the end of the log too, where some pairs are not bought yet; unknown ids among them.
        foreach (var asOf in (DateOnly[])[Shop.Day(200), Shop.Day(401)])
        {
            (string, string)[] pairs =
                [.. model.ProductIds.Append("nothing").SelectMany(p => model.CustomerIds.Where((_, c) => c % 5 == 0).Append("nobody").Select(c => (c, p)))];
            var (many, one) = (model.ForecastAll(pairs, asOf), model.ForecastAll(pairs, asOf, new TrainingRun { Threads = 1 }));
            for (var i = 0; i < pairs.Length; i++)
            {
                var expected = Text(model.Forecast(pairs[i].Item1, pairs[i].Item2, asOf));
                Assert.Equal(expected, Text(many[i]));
                Assert.Equal(expected, Text(one[i]));
            }
        }
    }

    [Fact]
    public void Forecasts_of_all_pairs_come_in_order_of_ids_once_each_and_for_what_was_bought_before()
    {
        var model = Standard.Value;
        var asOf = Shop.Day(30);
        var bought = Shop.StandardHabits.Where(line => line.PlacedAt < Shop.Start.AddDays(30)).Select(line => (line.CustomerId, line.ProductId)).Distinct()
            .OrderBy(pair => pair.CustomerId, StringComparer.Ordinal).ThenBy(pair => pair.ProductId, StringComparer.Ordinal).ToArray();
        Assert.Equal(bought, model.ForecastAll(asOf).Select(forecast => (forecast.CustomerId, forecast.ProductId)));
        Assert.Equal(model.ForecastAll(bought, asOf).Select(Text), model.ForecastAll(asOf, new TrainingRun { Threads = 3 }).Select(Text));
    }

    [Fact]
    public void Forecasts_of_many_pairs_can_be_none_and_refuse_missing_ids_and_cancelled_runs()
    {
        Assert.Empty(Standard.Value.ForecastAll([], Shop.Day(401)));
        Assert.Throws<ArgumentException>(() => Standard.Value.ForecastAll([("c000", null!)], Shop.Day(401)));
        var run = new TrainingRun { Cancellation = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() => Standard.Value.ForecastAll([("c000", "staple0")], Shop.Day(401), run));
        Assert.ThrowsAny<OperationCanceledException>(() => Standard.Value.ForecastAll(Shop.Day(401), run).Count());
    }

    [Fact]
    public void The_outlook_of_a_customer_fades_with_silence_and_grows_with_the_days_ahead()
    {
        var (model, loaded) = (Standard.Value, Load(Save(Standard.Value)));
        var soon = model.Outlook("c007", Shop.Day(401), 30);
        Assert.Equal(soon, loaded.Outlook("c007", Shop.Day(401), 30));
        var year = model.Outlook("c007", Shop.Day(401));
        Assert.Equal((365, soon.Orders, soon.ProbabilityAlive), (year.Days, year.Orders, year.ProbabilityAlive));
        Assert.True(year.ExpectedOrders > 5 * soon.ExpectedOrders && year.ExpectedValue > 5 * soon.ExpectedValue);
        var silent = model.Outlook("c007", Shop.Day(700), 30);
        Assert.True(silent.ProbabilityAlive < soon.ProbabilityAlive && silent.ProbabilityOfOrder < soon.ProbabilityOfOrder && silent.ExpectedOrders < soon.ExpectedOrders);
        Assert.Equal((0, null, 0d), (model.Outlook("nobody", Shop.Day(401)).Orders, model.Outlook("nobody", Shop.Day(401)).ProbabilityAlive, model.Outlook("nobody", Shop.Day(401)).ExpectedOrders));
        Assert.InRange(model.ProbabilityOfSecondOrder(), model.ProbabilityOfSecondOrder(10), 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Outlook("c007", Shop.Day(401), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Outlook("c007", Shop.Day(401), 36_501));
        Assert.True(model.Outlook("c007", Shop.Day(401), 36_500).ExpectedOrders >= year.ExpectedOrders);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ProbabilityOfSecondOrder(0));
    }

    [Fact]
    public void Lines_after_the_end_of_training_change_no_byte()
    {
        var lines = Shop.Habits(80, 250);
        var options = new IngestOptions { Until = Shop.Day(200) };
        var changed = lines.Select(l => l.PlacedAt < Shop.Start.AddDays(200) ? l : l with { ProductId = "other", Quantity = 99, CustomerId = "x" + l.CustomerId });
        Assert.Equal(
            Save(new PostPurchaseTrainer().Train(PurchaseHistory.From(lines, options))),
            Save(new PostPurchaseTrainer().Train(PurchaseHistory.From(changed, options))));
    }

    [Fact]
    public void Damage_anywhere_gives_one_clear_exception()
    {
        var bytes = Save(Train(Shop.Habits(40, 200)));
        var step = Math.Max(1, bytes.Length / 400);
        for (var i = 0; i < bytes.Length; i += step)
        {
            var damaged = bytes.ToArray();
            damaged[i] ^= 0x10;
            Assert.Throws<ModelFormatException>(() => Load(damaged));
            Assert.Throws<ModelFormatException>(() => Load(bytes[..i]));
        }
    }

    [Fact]
    public void A_history_without_purchases_cannot_be_learned_from()
    {
        var thrown = Assert.Throws<ArgumentException>(() => Train([]));
        Assert.Contains("no purchase", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_training_leaves_with_the_right_exception()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new PostPurchaseTrainer().Train(PurchaseHistory.From(Shop.Habits()), new TrainingRun { Cancellation = source.Token }));
    }

    private static PostPurchaseModel Train(IEnumerable<OrderLine> lines, int threads = 2) =>
        new PostPurchaseTrainer().Train(PurchaseHistory.From(lines), new TrainingRun { Threads = threads });

    internal static byte[] Save(PostPurchaseModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    private static PostPurchaseModel Load(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return PostPurchaseModel.Load(stream);
    }

    private static async Task<List<DuePurchase>> All(IAsyncEnumerable<DuePurchase> feed)
    {
        List<DuePurchase> all = [];
        await foreach (var due in feed)
            all.Add(due);
        return all;
    }

    private static string Text(ReplenishmentForecast forecast) => string.Join(
        '|',
        [
            forecast.CustomerId, forecast.ProductId, $"{forecast.AsOf:O}", forecast.ToString(), $"{forecast.Evidence}", $"{forecast.Window(0.8)}",
            .. Enumerable.Range(0, 12).Select(i => $"{forecast.ProbabilityWithin(1 << i):R}"),
        ]);
}
