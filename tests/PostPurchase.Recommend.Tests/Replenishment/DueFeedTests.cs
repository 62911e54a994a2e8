using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class DueFeedTests
{
    private const int Days = 500;
    private static readonly Lazy<(ReplenishmentModel Model, PurchaseColumns Columns)> _shop = new(() =>
    {
        var lines = RhythmicLog.Lines(200, [("heads", 60, 0.2, 0.1), ("soap", 25, 0.3, 0.05), ("paste", 40, 0.3, 0.1)], Days, 9);
        var columns = PurchaseHistory.From(lines).Columns;
        var model = new ReplenishmentTrainer(new ReplenishmentOptions()).Train(columns, new TrainingRun());
        return (model, columns);
    });

    private static DueQuery Query => new() { Window = DateWindow.Of(RhythmicLog.FirstDay.AddDays(Days), 10), MinimumProbability = 0.05 };

    [Fact]
    public void The_most_probable_come_first_for_each_customer_and_none_below_the_least()
    {
        var due = Find(Query with { MinimumProbability = 0.2 });
        Assert.True(due.Count > 50);
        Assert.All(due, purchase => Assert.InRange(purchase.Probability, 0.2, 1));
        Assert.Equal(due.OrderBy(d => d.CustomerId, StringComparer.Ordinal).ThenByDescending(d => d.Probability).ThenBy(d => d.ProductId, StringComparer.Ordinal), due);
    }

    [Fact]
    public void The_cap_keeps_the_most_probable()
    {
        var all = Find(Query);
        var capped = Find(Query with { MostPerCustomer = 1 });
        Assert.Equal(all.GroupBy(d => d.CustomerId).Select(g => g.First()), capped);
        Assert.True(capped.Count < all.Count);
    }

    [Fact]
    public void Subscriptions_are_left_out()
    {
        var all = Find(Query);
        var subscribed = all.Where((_, i) => i % 3 == 0).Select(d => (d.CustomerId, d.ProductId)).ToHashSet();
        Assert.Equal(all.Where(d => !subscribed.Contains((d.CustomerId, d.ProductId))), Find(Query with { Subscriptions = subscribed }));
        // Columns of a fixed width and ids the shop does not know.
        var padded = subscribed.Select(pair => ($" {pair.CustomerId}  ", $"{pair.ProductId,-20}")).Append(("nobody", "heads")).Append((all[0].CustomerId, "nothing")).ToHashSet();
        Assert.Equal(Find(Query with { Subscriptions = subscribed }), Find(Query with { Subscriptions = padded }));
    }

    [Fact]
    public void Lead_days_look_further_ahead_from_the_same_day()
    {
        var now = Find(Query with { MinimumProbability = 0 }).ToDictionary(d => (d.CustomerId, d.ProductId));
        var wide = Find(Query with { MinimumProbability = 0, Window = DateWindow.Of(Query.Window.From, 17) }).ToDictionary(d => (d.CustomerId, d.ProductId));
        var week = Find(Query with { MinimumProbability = 0, Window = DateWindow.Of(Query.Window.From, 7) }).ToDictionary(d => (d.CustomerId, d.ProductId));
        foreach (var later in Find(Query with { MinimumProbability = 0, LeadDays = 7 }))
        {
            var key = (later.CustomerId, later.ProductId);
            Assert.Equal(wide[key].Probability - week[key].Probability, later.Probability, 12);
            Assert.Equal(now[key].IdempotencyKey, later.IdempotencyKey);
        }
    }

    [Fact]
    public void Running_again_gives_the_same_and_the_next_night_the_same_keys()
    {
        var tonight = Find(Query);
        Assert.Equal(tonight, Find(Query));
        var tomorrow = Find(Query with { Window = DateWindow.Of(Query.Window.From.AddDays(1), 10) }).ToDictionary(d => (d.CustomerId, d.ProductId));
        var kept = tonight.Where(d => tomorrow.TryGetValue((d.CustomerId, d.ProductId), out var next) && next.Status == d.Status).ToArray();
        Assert.True(kept.Length > 50);
        Assert.All(kept, d => Assert.Equal(tomorrow[(d.CustomerId, d.ProductId)].IdempotencyKey, d.IdempotencyKey));
        Assert.Equal(tonight.Count, tonight.Select(d => d.IdempotencyKey).Distinct().Count());
    }

    [Fact]
    public void Statuses_follow_the_wait_and_can_be_chosen()
    {
        var all = Find(Query with { MinimumProbability = 0 });
        foreach (var status in Enum.GetValues<DueStatus>())
        {
            var some = Find(Query with { MinimumProbability = 0, Statuses = [status] });
            Assert.Equal(all.Where(d => d.Status == status), some);
        }

        Assert.Contains(all, d => d.Status == DueStatus.Due);
        Assert.Contains(all, d => d.Status == DueStatus.Late);
    }

    [Fact]
    public void A_need_that_products_share_is_listed_once_and_under_one_key_whichever_is_named()
    {
        var (forecasts, columns, _) = SharedNeed(grouped: true);
        var (apart, unknown, _) = SharedNeed(grouped: false);
        var query = Query with { MinimumProbability = 0 };
        var (once, each) = (Find(forecasts, columns, query), Find(apart, unknown, query));
        Assert.Contains(each.GroupBy(d => d.CustomerId), of => of.Count(d => d.ProductId.StartsWith("heads", StringComparison.Ordinal)) == 2);
        Assert.All(once.GroupBy(d => d.CustomerId), of => Assert.InRange(of.Count(d => d.ProductId.StartsWith("heads", StringComparison.Ordinal)), 0, 1));
        // What shares no need is listed as before.
        Assert.Equal(each.Where(d => d.ProductId == "soap").Select(d => d.CustomerId), once.Where(d => d.ProductId == "soap").Select(d => d.CustomerId));

        // A subscription to one of them meets the need, and what is left is the need of others.
        var subscribed = once.Where(d => d.ProductId == "heads A").Select(d => (d.CustomerId, ProductId: "heads B")).ToHashSet();
        Assert.NotEmpty(subscribed);
        Assert.Equal(
            once.Where(d => d.ProductId == "soap" || !subscribed.Contains((d.CustomerId, "heads B"))),
            Find(forecasts, columns, query with { Subscriptions = subscribed }));
        Assert.Equal(
            Find(forecasts, columns, query with { Subscriptions = subscribed }),
            Find(forecasts, columns, query with { Subscriptions = subscribed.Select(pair => (pair.CustomerId + " ", " heads B")).ToHashSet() }));

        // Which of the two is more probable changes with time; the need has not changed, nor has its key.
        var days = new[] { 0, 3, 7, 15, 30 }.Select(later => Find(forecasts, columns, query with { Window = DateWindow.Of(Query.Window.From.AddDays(later), 10) }));
        var byNeed = days.SelectMany(due => due).Where(d => d.ProductId != "soap").GroupBy(d => (d.CustomerId, d.Status)).ToArray();
        Assert.Contains(byNeed, need => need.Select(d => d.ProductId).Distinct().Count() == 2);
        Assert.All(byNeed, need => Assert.Single(need.Select(d => d.IdempotencyKey).Distinct()));
    }

    [Fact]
    public void Who_has_just_bought_another_brand_has_not_lapsed()
    {
        var (forecasts, columns, groups) = SharedNeed(grouped: true);
        var query = Query with { MinimumProbability = 0 };
        var all = Find(forecasts, columns, query);
        var asOf = query.Window.From.DayNumber;
        foreach (var status in Enum.GetValues<DueStatus>())
            Assert.Equal(all.Where(d => d.Status == status), Find(forecasts, columns, query with { Statuses = [status] }));
        var otherwise = 0;
        foreach (var due in all.Where(d => d.ProductId != "soap"))
        {
            var customer = columns.Customers.Find(due.CustomerId);
            Assert.Equal(groups!.Forecast(customer, columns.Groups.Find("heads"), asOf).Status, due.Status);
            var product = forecasts.Forecast(customer, columns.Products.Find(due.ProductId), asOf) with { NeedStatus = null };
            otherwise += product.Status == DueStatus.Lapsed && due.Status == DueStatus.Due ? 1 : 0;
        }

        Assert.True(otherwise > 3, $"{otherwise} who bought the other brand");
    }

    // Heads of two brands, taken in turns by chance, every two months.
    private static (ProductForecasts Forecasts, PurchaseColumns Columns, GroupForecasts? Groups) SharedNeed(bool grouped)
    {
        var random = new SeededRandom(3);
        var lines = RhythmicLog.Lines(150, [("heads", 60, 0.2, 0.05), ("soap", 25, 0.3, 0.05)], Days, 4)
            .Select(line => line.ProductId == "heads" ? line with { ProductId = random.NextDouble() < 0.5 ? "heads A" : "heads B" } : line).ToArray();
        var catalog = new ProductCatalog(((string[])["heads A", "heads B"]).Select(id => new CatalogProduct(id, null) { ReplenishmentGroup = "heads" }));
        var columns = PurchaseHistory.From(lines, new IngestOptions { Catalog = grouped ? catalog : null }).Columns;
        var trainer = new ReplenishmentTrainer(new ReplenishmentOptions());
        var model = trainer.Train(columns, new TrainingRun());
        var groups = grouped ? new GroupForecasts(columns, trainer.Train(GroupColumns.Of(columns), new TrainingRun()), model) : null;
        return (new ProductForecasts(columns, model, groups), columns, groups);
    }

    [Fact]
    public void A_query_lists_every_error_at_once()
    {
        var error = Assert.Throws<InvalidOptionsException>(() =>
            new DueQuery { Window = default, MinimumProbability = 2, LeadDays = -1, MostPerCustomer = 0, Statuses = [] }.Validate());
        Assert.Equal(5, error.Errors.Count);
    }

    private static List<DuePurchase> Find(DueQuery query) =>
        Find(new ProductForecasts(_shop.Value.Columns, _shop.Value.Model, groups: null), _shop.Value.Columns, query);

    private static List<DuePurchase> Find(ProductForecasts forecasts, PurchaseColumns columns, DueQuery query) =>
        new DueFeed(forecasts, columns, PurchasePairs.From(columns), query).Find(0, columns.Customers.Count);
}
