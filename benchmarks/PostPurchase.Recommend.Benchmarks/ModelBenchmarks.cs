using BenchmarkDotNet.Attributes;
using PostPurchase.Recommend.Orders;
using PostPurchase.Samples;

namespace PostPurchase.Recommend.Benchmarks;

/// <summary>A trained model of a simulated store of 1,000 customers and 1,440 products in use: load it and ask it.</summary>
[MemoryDiagnoser]
public class ModelBenchmarks
{
    private PostPurchaseModel _model = null!;
    private byte[] _file = [];
    private RecommendationQuery[] _queries = [];
    private (string Customer, string Product)[] _pairs = [];
    private DateOnly _asOf;
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        var store = SimulatedStore.Create(new SimulatedStoreOptions { Customers = 1_000, Days = 365, Brands = 20 });
        _model = new PostPurchaseTrainer().Train(PurchaseHistory.From(store.Lines));
        using var stream = new MemoryStream();
        _model.Save(stream);
        _file = stream.ToArray();
        _asOf = store.AsOf;
        _queries = [.. _model.CustomerIds.Select(id => new RecommendationQuery { CustomerId = id, AsOf = _asOf })];
        _pairs = [.. store.LinesByCustomer.Where(line => line.CustomerId.Length > 0).Take(1_000).Select(line => (line.CustomerId, line.ProductId))];
    }

    [Benchmark]
    public PostPurchaseModel Load()
    {
        using var stream = new MemoryStream(_file);
        return PostPurchaseModel.Load(stream);
    }

    /// <summary>A whole request: candidates, features, blend, reasons; another customer every time.</summary>
    [Benchmark]
    public RecommendationList Recommend() => _model.Recommend(_queries[_next++ % _queries.Length]);

    [Benchmark]
    public ReplenishmentForecast Forecast()
    {
        var (customer, product) = _pairs[_next++ % _pairs.Length];
        return _model.Forecast(customer, product, _asOf);
    }

    /// <summary>All pairs of the store, the time of one.</summary>
    [Benchmark(OperationsPerInvoke = 1_000)]
    public int ForecastOfMany() => _model.ForecastAll(_asOf).Take(1_000).Count();
}
