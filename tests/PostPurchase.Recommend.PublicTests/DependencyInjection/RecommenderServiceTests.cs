using Microsoft.Extensions.DependencyInjection;
using PostPurchase.Recommend.DependencyInjection;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Samples;

namespace PostPurchase.Recommend.PublicTests.DependencyInjection;

public sealed class RecommenderServiceTests : IDisposable
{
    private static readonly PostPurchaseModel _small = Train(60);
    private static readonly PostPurchaseModel _large = Train(90);
    private static readonly string _onlyInLarge = Customers(90).Except(Customers(60)).First();

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("service");
    private readonly ManualTime _time = new(
        new DateTimeOffset(2025, 3, 1, 23, 30, 0, TimeSpan.Zero),
        TimeZoneInfo.CreateCustomTimeZone("shop", TimeSpan.FromHours(1), "shop", "shop"));

    public RecommenderServiceTests() => _small.Save(ModelPath);

    private string ModelPath => Path.Combine(_directory.FullName, "shop.model");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void The_service_answers_as_the_model_does()
    {
        using var services = Services();
        var recommender = services.GetRequiredService<IRecommender>();
        var asOf = new DateOnly(2024, 9, 1);
        var customer = Customers(60).First();
        var query = new RecommendationQuery { CustomerId = customer, AsOf = asOf };
        var product = _small.Recommend(query).Items[0].ProductId;

        Assert.Equal(_small.Recommend(query).Items, recommender.Recommend(query).Items);
        Assert.Equal(_small.Forecast(customer, product, asOf).ProbabilityWithin(30), recommender.Forecast(customer, product, asOf).ProbabilityWithin(30));
        Assert.Equal(
            _small.GoesWith(new() { BasketProductIds = [product] }),
            recommender.GoesWith(new() { BasketProductIds = [product] }));
    }

    [Fact]
    public async Task The_feed_is_the_models()
    {
        using var services = Services();
        var query = new DueQuery { Window = DateWindow.Of(new DateOnly(2024, 10, 27), 7) };

        var due = await services.GetRequiredService<IRecommender>().DueAsync(query).ToListAsync();

        Assert.NotEmpty(due);
        Assert.Equal(await _small.DueAsync(query).ToListAsync(), due);
    }

    [Fact]
    public void A_question_without_a_day_is_asked_for_today_in_the_shops_time_zone()
    {
        using var services = Services();

        var list = services.GetRequiredService<IRecommender>().Recommend(new() { CustomerId = "anyone" });

        Assert.Equal(new DateOnly(2025, 3, 2), list.AsOf);
    }

    [Fact]
    public void A_question_with_a_day_keeps_it()
    {
        using var services = Services();

        var list = services.GetRequiredService<IRecommender>().Recommend(new() { CustomerId = "anyone", AsOf = new DateOnly(2024, 8, 5) });

        Assert.Equal(new DateOnly(2024, 8, 5), list.AsOf);
    }

    [Fact]
    public void Services_live_as_long_as_the_container()
    {
        using var services = Services();
        using var scope = services.CreateScope();

        Assert.Same(services.GetRequiredService<IRecommender>(), scope.ServiceProvider.GetRequiredService<IRecommender>());
        Assert.Same(services.GetRequiredService<RecommenderSource>(), scope.ServiceProvider.GetRequiredService<RecommenderSource>());
    }

    [Fact]
    public void Without_a_clock_of_its_own_a_container_gets_the_systems()
    {
        using var services = new ServiceCollection().AddPostPurchaseRecommender(ModelPath).BuildServiceProvider();

        Assert.Same(TimeProvider.System, services.GetRequiredService<TimeProvider>());
        Assert.NotNull(services.GetRequiredService<IRecommender>().Recommend(new() { CustomerId = "anyone" }));
    }

    [Fact]
    public void A_reload_exchanges_the_model()
    {
        using var services = Services();
        var recommender = services.GetRequiredService<IRecommender>();
        Assert.False(Knows(recommender));

        _large.Save(ModelPath);
        Assert.False(Knows(recommender));
        services.GetRequiredService<RecommenderSource>().Reload();

        Assert.True(Knows(recommender));
    }

    [Fact]
    public void A_model_can_be_handed_over()
    {
        using var services = Services();
        services.GetRequiredService<RecommenderSource>().Use(_large);

        Assert.True(Knows(services.GetRequiredService<IRecommender>()));
        Assert.Same(_large, services.GetRequiredService<RecommenderSource>().Current);
    }

    [Fact]
    public void A_damaged_file_leaves_the_model_in_use()
    {
        using var services = Services();
        var source = services.GetRequiredService<RecommenderSource>();
        var before = source.Current;
        File.WriteAllText(ModelPath, "no model");

        Assert.Throws<ModelFormatException>(source.Reload);

        Assert.Same(before, source.Current);
    }

    [Fact]
    public void A_new_file_is_noticed_and_a_damaged_one_is_not_used()
    {
        using var services = Services(TimeSpan.FromMinutes(5));
        var source = services.GetRequiredService<RecommenderSource>();
        Assert.Equal(TimeSpan.FromMinutes(5), _time.Period);
        var first = source.Current;

        _time.Fire();
        Assert.Same(first, source.Current);

        Replace(() => File.WriteAllText(ModelPath, "no model"), minutes: 1);
        _time.Fire();
        Assert.Same(first, source.Current);

        Replace(() => _large.Save(ModelPath), minutes: 2);
        _time.Fire();
        Assert.NotSame(first, source.Current);
        Assert.True(Knows(source.Current));
    }

    [Fact]
    public void A_new_file_that_somebody_still_holds_is_loaded_when_it_is_free()
    {
        using var services = Services(TimeSpan.FromMinutes(5));
        var source = services.GetRequiredService<RecommenderSource>();
        Replace(() => _large.Save(ModelPath), minutes: 1);
        using (new FileStream(ModelPath, FileMode.Open, FileAccess.Read, FileShare.None))
            _time.Fire();
        Assert.False(Knows(source.Current));

        _time.Fire();
        Assert.True(Knows(source.Current));
    }

    [Fact]
    public void Looking_ends_with_the_container()
    {
        var services = Services(TimeSpan.FromMinutes(5));
        services.GetRequiredService<RecommenderSource>();
        Assert.False(_time.IsStopped);

        services.Dispose();

        Assert.True(_time.IsStopped);
    }

    [Fact]
    public async Task Questions_are_answered_while_the_model_is_exchanged()
    {
        using var services = Services();
        var recommender = services.GetRequiredService<IRecommender>();
        var source = services.GetRequiredService<RecommenderSource>();
        var asOf = new DateOnly(2024, 9, 1);
        string[][] expected = [Answer(_small), Answer(_large)];
        using var done = new CancellationTokenSource();

        var asking = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var answers = 0;
            // At least one answer each, however soon the exchanging ends.
            do
            {
                Assert.Contains(Answer(recommender), expected);
                answers++;
            }
            while (!done.IsCancellationRequested);
            return answers;
        })).ToArray();
        for (var i = 0; i < 50; i++)
            source.Use(i % 2 == 0 ? _large : _small);
        await done.CancelAsync();

        Assert.All(await Task.WhenAll(asking), answers => Assert.True(answers > 0));

        string[] Answer(IRecommender one) =>
            [.. one.Recommend(new() { CustomerId = _onlyInLarge, AsOf = asOf }).Items.Select(item => $"{item.ProductId} {item.Probability:R}")];
    }

    [Fact]
    public void Every_error_of_the_options_is_listed()
    {
        var error = Assert.Throws<InvalidOptionsException>(() =>
            new ServiceCollection().AddPostPurchaseRecommender(new RecommenderServiceOptions { ModelPath = " ", LookForNewModelEvery = TimeSpan.Zero }));

        Assert.Equal(2, error.Errors.Count);
        Assert.Throws<InvalidOptionsException>(() => new ServiceCollection().AddPostPurchaseRecommender(""));
    }

    [Fact]
    public void A_missing_file_says_so_when_the_service_is_first_asked_for()
    {
        using var services = new ServiceCollection().AddPostPurchaseRecommender(Path.Combine(_directory.FullName, "absent.model")).BuildServiceProvider();

        Assert.Throws<FileNotFoundException>(services.GetRequiredService<IRecommender>);
    }

    private static bool Knows(IRecommender recommender) =>
        recommender.Recommend(new() { CustomerId = _onlyInLarge, AsOf = new DateOnly(2024, 10, 27) }).IsKnownCustomer;

    private static PostPurchaseModel Train(int customers) => new PostPurchaseTrainer().Train(PurchaseHistory.From(Store(customers).Lines));

    private static SimulatedStore Store(int customers) => SimulatedStore.Create(new() { Customers = customers, Days = 300, Brands = 2 });

    private static IEnumerable<string> Customers(int customers) =>
        Store(customers).Lines.Where(l => l.Quantity > 0 && l.CustomerId.Length > 0).Select(l => l.CustomerId).Distinct().Order(StringComparer.Ordinal);

    private ServiceProvider Services(TimeSpan? lookEvery = null) => new ServiceCollection()
        .AddSingleton<TimeProvider>(_time)
        .AddPostPurchaseRecommender(new RecommenderServiceOptions { ModelPath = ModelPath, LookForNewModelEvery = lookEvery })
        .BuildServiceProvider();

    private void Replace(Action write, int minutes)
    {
        var before = File.GetLastWriteTimeUtc(ModelPath);
        write();
        // File systems may keep time too coarsely to tell two writes of one test apart.
        File.SetLastWriteTimeUtc(ModelPath, before.AddMinutes(minutes));
    }
}
