using FsCheck;
using FsCheck.Fluent;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.PublicTests.Contract;

/// <summary>Whatever log is read, the model of it answers every question with numbers that mean something.</summary>
public sealed class AnyLogTests
{
    private static readonly int[] Horizons = [1, 7, 30, 90, 365];

    [Fact]
    public void Every_answer_to_every_question_makes_sense() => Check(60, seed =>
    {
        var model = Train(seed, AnyLog.Draw(seed));
        foreach (var asOf in Days(model, seed))
        {
            foreach (var customer in model.CustomerIds.Take(5).Append("nobody"))
            {
                CheckList(model, customer, asOf);
                foreach (var product in model.ProductIds.Take(4).Append("nothing"))
                    CheckForecast(model.Forecast(customer, product, asOf));
                foreach (var group in model.ReplenishmentGroups.Take(3).Append("none"))
                    CheckForecast(model.ForecastGroup(customer, group, asOf));
                CheckOutlook(model, customer, asOf);
            }

            CheckDue(model, asOf);
        }

        foreach (var product in model.ProductIds)
            Assert.All(model.GoesWith(new ComplementQuery { BasketProductIds = [product] }), found => Assert.InRange(found.Probability, 0, 1));
    });

    [Fact]
    public void Threads_the_order_of_lines_and_saving_change_nothing() => Check(25, seed =>
    {
        var lines = AnyLog.Draw(seed);
        var model = Train(seed, lines);
        var bytes = LoadedModelContract.Save(model);
        Assert.Equal(bytes, LoadedModelContract.Save(Train(seed, Shop.Shuffle(lines), threads: 3)));
        Assert.Equal(bytes, LoadedModelContract.Save(PostPurchaseModel.Load(new MemoryStream(bytes))));
    });

    [Fact]
    public void A_log_moved_in_time_gets_the_answers_moved_as_far() => Check(25, seed =>
    {
        var lines = AnyLog.Draw(seed, atEdges: false);
        var days = 1 + (seed % 1000);
        var (model, moved) = (Train(seed, lines), Train(seed, [.. lines.Select(line => line with { PlacedAt = line.PlacedAt.AddDays(days), DeliveredAt = line.DeliveredAt?.AddDays(days) })]));
        foreach (var asOf in Days(model, seed))
        {
            var later = asOf.AddDays(days);
            foreach (var customer in model.CustomerIds.Take(5).Append("nobody"))
            {
                Assert.Equal(Ask(model, customer, asOf).Items, Ask(moved, customer, later).Items);
                var asked = model.ProductIds.Take(4).Select(product => (model.Forecast(customer, product, asOf), moved.Forecast(customer, product, later)))
                    .Concat(model.ReplenishmentGroups.Take(2).Select(group => (model.ForecastGroup(customer, group, asOf), moved.ForecastGroup(customer, group, later))));
                foreach (var (first, second) in asked)
                {
                    Assert.Equal((first.ProbabilityEver, first.Evidence, first.DueDate?.AddDays(days)), (second.ProbabilityEver, second.Evidence, second.DueDate));
                    Assert.All(Horizons, h => Assert.Equal(first.ProbabilityWithin(h), second.ProbabilityWithin(h)));
                }
            }
        }
    });

    private static void CheckList(PostPurchaseModel model, string customer, DateOnly asOf)
    {
        var items = Ask(model, customer, asOf).Items;
        // On days of the history, and before it, fewer products may have been on sale.
        Assert.InRange(items.Count, asOf > model.LastDay ? Math.Min(8, model.ProductIds.Count) : 0, 8);
        Assert.Equal(items.Count, items.Select(item => item.ProductId).Distinct().Count());
        Assert.Equal(items.Select(item => item.Probability).OrderDescending(), items.Select(item => item.Probability));
        Assert.All(items, item => Assert.InRange(item.Probability, 0, 1));
        Assert.All(items, item => Assert.False(string.IsNullOrWhiteSpace(item.Reason.ToString())));
    }

    private static void CheckForecast(ReplenishmentForecast forecast)
    {
        var last = 0.0;
        foreach (var days in Horizons)
        {
            var within = forecast.ProbabilityWithin(days);
            Assert.InRange(within, last, 1);
            last = within;
        }

        Assert.InRange(forecast.ProbabilityEver, last, 1);
        Assert.DoesNotContain("NaN", forecast.ToString(), StringComparison.Ordinal);
        if (forecast.Window() is not { } window)
            return;
        Assert.InRange(forecast.DueDate!.Value, window.From, window.Until);
        Assert.True(window.From >= forecast.AsOf);
    }

    private static void CheckOutlook(PostPurchaseModel model, string customer, DateOnly asOf)
    {
        var outlook = model.Outlook(customer, asOf);
        if (outlook.ProbabilityAlive is { } alive)
            Assert.InRange(alive, 0, 1);
        Assert.True(outlook.ExpectedOrders >= 0 && double.IsFinite(outlook.ExpectedOrders));
    }

    private static void CheckDue(PostPurchaseModel model, DateOnly asOf)
    {
        if (asOf > DateOnly.MaxValue.AddDays(-30))
            return;
        var due = model.DueAsync(new DueQuery { Window = DateWindow.Of(asOf, 14), MinimumProbability = 0 }).ToBlockingEnumerable().ToList();
        Assert.All(due, item => Assert.InRange(item.Probability, 0, 1));
        Assert.Equal(due.Count, due.Select(item => item.IdempotencyKey).Distinct().Count());
    }

    // Before the log, inside it, the day after it, and long after.
    private static IEnumerable<DateOnly> Days(PostPurchaseModel model, int seed)
    {
        var inside = model.FirstDay.AddDays(seed % (model.LastDay.DayNumber - model.FirstDay.DayNumber + 1));
        var end = DateOnly.MaxValue.DayNumber;
        return new[] { model.FirstDay.DayNumber, inside.DayNumber, model.LastDay.DayNumber + 1, model.LastDay.DayNumber + 5000 }
            .Select(day => DateOnly.FromDayNumber(Math.Min(day, end))).Distinct();
    }

    private static RecommendationList Ask(PostPurchaseModel model, string customer, DateOnly asOf) =>
        model.Recommend(new RecommendationQuery { CustomerId = customer, Count = 8, AsOf = asOf });

    private static PostPurchaseModel Train(int seed, List<OrderLine> lines, int threads = 1) => new PostPurchaseTrainer().Train(
        PurchaseHistory.From(lines, new IngestOptions { Catalog = AnyLog.Catalog(seed) }), new TrainingRun { Threads = threads });

    private static void Check(int times, Action<int> holds) =>
        Prop.ForAll<int>(seed => holds(seed & int.MaxValue)).Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithEndSize(1_000_000_000));
}
