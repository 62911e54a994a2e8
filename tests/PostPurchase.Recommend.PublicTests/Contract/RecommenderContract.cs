using System.Collections.Concurrent;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.PublicTests.Contract;

/// <summary>What every recommender must do, whatever it learned with: inherit this suite and say how to get one.</summary>
public abstract class RecommenderContract
{
    // Recommenders are immutable, so one learned from the standard shops serves all facts of a suite.
    private static readonly ConcurrentDictionary<(Type Suite, object Lines), Lazy<IRecommender>> Learned = new();

    protected abstract IRecommender Learn(IEnumerable<OrderLine> lines);

    private IRecommender Shared(List<OrderLine> lines) =>
        Learned.GetOrAdd((GetType(), lines), _ => new Lazy<IRecommender>(() => Learn(lines))).Value;

    [Fact]
    public void The_missing_square_of_the_checkerboard_is_the_first_new_product()
    {
        var recommender = Shared(Shop.StandardCheckerboard);
        var right = 0;
        for (var c = 0; c < 120; c++)
        {
            var first = recommender.Recommend(Ask(Shop.Customer(c), 3) with { NewProductsOnly = true }).Items[0].ProductId;
            if (first == Shop.Product(Shop.Missing(c)))
                right++;
        }

        Assert.True(right >= 114, $"{right} of 120 were right");
    }

    [Fact]
    public void Habits_come_back_at_the_top_and_are_left_out_on_request()
    {
        var recommender = Shared(Shop.StandardHabits);
        var asOf = Shop.Day(400);
        var first = 0;
        for (var c = 0; c < 60; c++)
        {
            var query = Ask(Shop.Customer(c), 10) with { AsOf = asOf };
            if (recommender.Recommend(query).Items[0].ProductId == $"staple{c % 4}")
                first++;
            var newOnly = recommender.Recommend(query with { NewProductsOnly = true });
            Assert.DoesNotContain(newOnly.Items, i => i.ProductId == $"staple{c % 4}");
            Assert.All(newOnly.Items, i => Assert.Equal(0, i.Reason.TimesBought));
        }

        Assert.True(first >= 57, $"the staple came first for {first} of 60");
    }

    [Fact]
    public void A_short_list_is_the_start_of_a_long_one_in_order_of_probability()
    {
        var recommender = Shared(Shop.StandardHabits);
        for (var c = 0; c < 20; c++)
        {
            var ten = recommender.Recommend(Ask(Shop.Customer(c), 10)).Items;
            Assert.Equal(10, ten.Count);
            Assert.Equal(ten.Take(5), recommender.Recommend(Ask(Shop.Customer(c), 5)).Items);
            Assert.Equal(ten.OrderByDescending(i => i.Probability).ThenBy(i => i.ProductId, StringComparer.Ordinal), ten);
            Assert.Equal(10, ten.Select(i => i.ProductId).Distinct().Count());
            Assert.All(ten, i => Assert.InRange(i.Probability, 0, 1));
            Assert.All(ten, i => Assert.False(string.IsNullOrWhiteSpace(i.Reason.ToString())));
        }
    }

    [Fact]
    public void Asking_for_more_than_there_is_gives_all_there_is()
    {
        var lines = Shop.Habits(40);
        var products = lines.Select(l => l.ProductId).Distinct().Count();
        Assert.Equal(products, Learn(lines).Recommend(Ask(Shop.Customer(1), 1000)).Items.Count);
    }

    [Fact]
    public void An_unknown_customer_gets_what_all_customers_buy()
    {
        var answer = Shared(Shop.StandardHabits).Recommend(Ask("nobody", 5));
        Assert.False(answer.IsKnownCustomer);
        Assert.Equal(5, answer.Items.Count);
        Assert.StartsWith("staple", answer.Items[0].ProductId, StringComparison.Ordinal);
        Assert.All(answer.Items, i => Assert.True(i.Evidence is Evidence.Population or Evidence.Product));
        Assert.All(answer.Items, i => Assert.NotEqual(ReasonKind.BoughtBefore, i.Reason.Kind));
    }

    [Fact]
    public void Before_the_first_purchase_a_customer_is_as_good_as_unknown()
    {
        var lines = Shop.Habits();
        lines.RemoveAll(l => l.CustomerId == Shop.Customer(0));
        lines.Add(new OrderLine(Shop.Customer(0), "staple3", Shop.Start.AddDays(390)));
        var recommender = Learn(lines);
        var early = recommender.Recommend(Ask(Shop.Customer(0), 5) with { AsOf = Shop.Day(200) });
        var nobody = recommender.Recommend(Ask("nobody", 5) with { AsOf = Shop.Day(200) });
        Assert.False(early.IsKnownCustomer);
        Assert.Equal(nobody.Items, early.Items);
    }

    [Fact]
    public void A_reason_counts_the_purchases_before_the_day_only()
    {
        var lines = Shop.StandardHabits;
        var reason = Shared(lines).Recommend(Ask(Shop.Customer(6), 10) with { AsOf = Shop.Day(200) }).Items.Single(i => i.ProductId == "staple2").Reason;
        var days = lines.Where(l => l.CustomerId == Shop.Customer(6) && l.ProductId == "staple2" && l.PlacedAt < Shop.Start.AddDays(200))
            .Select(l => (l.PlacedAt - Shop.Start).Days).Distinct().Order().ToArray();
        Assert.Equal(days.Length, reason.TimesBought);
        Assert.Equal(200 - days[^1], reason.DaysSinceLast);
        Assert.Equal((double)(days[^1] - days[0]) / (days.Length - 1), reason.MeanGapDays!.Value, 6);
    }

    [Fact]
    public void Many_threads_get_the_answers_of_one()
    {
        var recommender = Shared(Shop.StandardHabits);
        var queries = Enumerable.Range(0, 150).Select(c => Ask(Shop.Customer(c), 8)).ToArray();
        var one = queries.Select(q => recommender.Recommend(q).Items).ToArray();
        var many = queries.AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(q => recommender.Recommend(q).Items).ToArray();
        for (var i = 0; i < one.Length; i++)
            Assert.Equal(one[i], many[i]);
    }

    [Fact]
    public void A_bad_query_lists_every_error()
    {
        var recommender = Shared(Shop.StandardHabits);
        Assert.Equal(2, Assert.Throws<InvalidOptionsException>(() => recommender.Recommend(new RecommendationQuery { CustomerId = null!, Count = 0 })).Errors.Count);
        Assert.Throws<InvalidOptionsException>(() => recommender.GoesWith(new ComplementQuery { BasketProductIds = [] }));
        Assert.Throws<ArgumentNullException>(() => recommender.Forecast(null!, "staple0", Shop.Day(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => recommender.Forecast("a", "staple0", Shop.Day(1)).ProbabilityWithin(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => recommender.Forecast("a", "staple0", Shop.Day(1)).Window(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => recommender.Forecast("a", "staple0", Shop.Day(1)).Window(0.8, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => recommender.Forecast("a", "staple0", Shop.Day(1)).Window(0.8, 731));
    }

    [Fact]
    public void A_forecast_is_a_rising_curve_with_nested_windows()
    {
        var recommender = Shared(Shop.StandardHabits);
        for (var c = 0; c < 30; c++)
        {
            var forecast = recommender.Forecast(Shop.Customer(c), $"staple{c % 4}", Shop.Day(401));
            Assert.Equal(0, forecast.ProbabilityWithin(0));
            for (var day = 1; day < 800; day++)
                Assert.True(forecast.ProbabilityWithin(day) >= forecast.ProbabilityWithin(day - 1));
            Assert.InRange(forecast.ProbabilityEver, forecast.ProbabilityWithin(800), 1);
            Assert.Equal(Evidence.Own, forecast.Evidence);
            var half = forecast.Window(0.5)!.Value;
            var wide = forecast.Window()!.Value;
            Assert.True(wide.From <= half.From && half.Until <= wide.Until);
            Assert.True(wide.Contains(forecast.DueDate!.Value));
            Assert.Equal(wide, forecast.Window(0.8, forecast.HorizonDays));
            var someDay = forecast.Window(0.8, 730)!.Value;
            Assert.True(wide.From <= someDay.From && wide.Until <= someDay.Until && forecast.Window(0.8, 5)!.Value.Until <= forecast.AsOf.AddDays(5));
            Assert.True(forecast.DueDate >= forecast.AsOf);
            Assert.Equal(
                forecast.ProbabilityWithin(30) - forecast.ProbabilityWithin(10),
                forecast.ProbabilityIn(new DateWindow(Shop.Day(411), Shop.Day(431))), 12);
        }
    }

    [Fact]
    public void A_habit_is_due_about_one_gap_after_the_last_purchase()
    {
        var lines = Shop.StandardHabits;
        var recommender = Shared(lines);
        for (var c = 0; c < 40; c++)
        {
            var last = lines.Where(l => l.CustomerId == Shop.Customer(c) && l.ProductId == $"staple{c % 4}").Max(l => l.PlacedAt);
            var asOf = DateOnly.FromDateTime(last).AddDays(1);
            var due = recommender.Forecast(Shop.Customer(c), $"staple{c % 4}", asOf).DueDate!.Value;
            Assert.InRange(due.DayNumber - DateOnly.FromDateTime(last).DayNumber, (20 + (c % 3 * 10)) * 0.8, (20 + (c % 3 * 10)) * 1.25);
        }
    }

    [Fact]
    public void Unknown_customers_and_products_get_an_honest_forecast()
    {
        var recommender = Shared(Shop.StandardHabits);
        foreach (var (customer, product) in new[] { ("nobody", "staple0"), (Shop.Customer(1), "nothing"), ("nobody", "nothing") })
        {
            var forecast = recommender.Forecast(customer, product, Shop.Day(401));
            Assert.NotEqual(Evidence.Own, forecast.Evidence);
            Assert.InRange(forecast.ProbabilityWithin(90), 0, 1);
            Assert.Equal(forecast.IsPredictable, forecast.DueDate is not null);
            Assert.Equal(forecast.IsPredictable, forecast.Window() is not null);
        }
    }

    [Fact]
    public async Task The_due_feed_agrees_with_single_forecasts()
    {
        var recommender = Shared(Shop.StandardHabits);
        var window = DateWindow.Of(Shop.Day(401), 7);
        var seen = new List<DuePurchase>();
        await foreach (var due in recommender.DueAsync(new DueQuery { Window = window, MinimumProbability = 0.3 }))
            seen.Add(due);
        Assert.NotEmpty(seen);
        Assert.Equal(seen.Select(d => d.CustomerId).Order(StringComparer.Ordinal), seen.Select(d => d.CustomerId));
        foreach (var due in seen)
        {
            var forecast = recommender.Forecast(due.CustomerId, due.ProductId, window.From);
            Assert.Equal(forecast.ProbabilityIn(window), due.Probability, 12);
            Assert.Equal(forecast.DueDate, due.DueDate);
            Assert.True(due.Probability >= 0.3);
        }
    }

    [Fact]
    public async Task A_cancelled_feed_stops()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var due in Shared(Shop.StandardHabits).DueAsync(new DueQuery { Window = DateWindow.Of(Shop.Day(401), 7) }, source.Token))
                Assert.Fail($"{due} came after the cancellation");
        });
    }

    [Fact]
    public async Task A_feed_that_is_cancelled_on_the_way_ends_with_the_customer_at_hand()
    {
        using var source = new CancellationTokenSource();
        var query = new DueQuery { Window = DateWindow.Of(Shop.Day(401), 7), MinimumProbability = 0 };
        var all = await Shared(Shop.StandardHabits).DueAsync(query).ToListAsync();
        List<DuePurchase> seen = [];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var due in Shared(Shop.StandardHabits).DueAsync(query, source.Token))
            {
                seen.Add(due);
                await source.CancelAsync();
            }
        });
        Assert.Equal(all.TakeWhile(due => due.CustomerId == all[0].CustomerId), seen);
    }

    [Fact]
    public async Task What_a_cancelled_feed_would_have_said_is_not_worked_out()
    {
        using var source = new CancellationTokenSource();
        var (wholeFeed, cancelled) = (new WatchedStatuses(() => { }), new WatchedStatuses(source.Cancel));
        var query = new DueQuery { Window = DateWindow.Of(Shop.Day(401), 7), MinimumProbability = 0, Statuses = wholeFeed };
        Assert.NotEmpty(await Shared(Shop.StandardHabits).DueAsync(query).ToListAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Shared(Shop.StandardHabits).DueAsync(query with { Statuses = cancelled }, source.Token).ToListAsync());
        Assert.InRange(cancelled.TimesRead, 1, wholeFeed.TimesRead - 1);
    }

    [Theory]
    [MemberData(nameof(OddShops))]
    public void No_shop_is_too_odd_for_an_answer(string name, List<OrderLine> lines)
    {
        Assert.NotEmpty(name);
        var recommender = Learn(lines);
        var last = DateOnly.FromDateTime(lines.Max(l => l.PlacedAt));
        var asOf = last == DateOnly.MaxValue ? last : last.AddDays(1);
        var answer = recommender.Recommend(Ask(lines[0].CustomerId, 5));
        Assert.Equal(asOf, answer.AsOf);
        Assert.NotEmpty(answer.Items);
        Assert.All(answer.Items, i => Assert.InRange(i.Probability, 0, 1));
        var forecast = recommender.Forecast(lines[0].CustomerId, lines[0].ProductId, asOf);
        Assert.InRange(forecast.ProbabilityWithin(30), 0, 1);
        Assert.InRange(forecast.ProbabilityEver, forecast.ProbabilityWithin(36_500), 1);
    }

    public static TheoryData<string, List<OrderLine>> OddShops() => new()
    {
        { "one line", [new OrderLine("a", "x", Shop.Start)] },
        { "one day", [.. Enumerable.Range(0, 50).Select(i => new OrderLine($"c{i % 7}", $"p{i % 11}", Shop.Start))] },
        { "one product", [.. Enumerable.Range(0, 200).Select(i => new OrderLine($"c{i % 9}", "x", Shop.Start.AddDays(i)))] },
        { "one customer", [.. Enumerable.Range(0, 200).Select(i => new OrderLine("a", $"p{i % 13}", Shop.Start.AddDays(i / 3)))] },
        { "forty years, every day", [.. Enumerable.Range(0, 14_600).Select(i => new OrderLine("a", "x", new DateTime(1980, 1, 1).AddDays(i))), new OrderLine("b", "x", new DateTime(2019, 1, 1))] },
        { "huge quantities", [.. Enumerable.Range(0, 40).Select(i => new OrderLine($"c{i % 3}", $"p{i % 4}", Shop.Start.AddDays(i)) { Quantity = 1e9, UnitPrice = 1e9 })] },
        { "the ends of the calendar", [new OrderLine("a", "x", DateTime.MinValue), new OrderLine("a", "x", new DateTime(9990, 1, 1)), new OrderLine("b", "y", new DateTime(5000, 1, 1))] },
        { "the last day of the calendar", [new OrderLine("a", "x", new DateTime(9999, 12, 31)), new OrderLine("a", "y", new DateTime(9999, 11, 30)), new OrderLine("b", "y", DateTime.MaxValue)] },
    };

    protected static RecommendationQuery Ask(string customer, int count) => new() { CustomerId = customer, Count = count };
}
