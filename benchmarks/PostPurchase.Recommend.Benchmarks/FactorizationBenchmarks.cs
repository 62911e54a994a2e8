using BenchmarkDotNet.Attributes;
using PostPurchase.Recommend.Factorization;

namespace PostPurchase.Recommend.Benchmarks;

/// <summary>Five iterations of iALS on 20,000 customers, 8,000 products and 843,000 pairs, and folding a customer of 50 products in.</summary>
[MemoryDiagnoser]
public class FactorizationBenchmarks
{
    private InteractionMatrix _interactions = null!;
    private FactorModel _model = null!;
    private int[] _products = [];
    private float[] _vector = [];

    public static IEnumerable<int> FactorCounts => BenchmarkMatrix.Of([64], [32, 64, 128, 256]);

    [ParamsSource(nameof(FactorCounts))]
    public int Factors { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _interactions = BenchmarkData.Interactions(20_000, 8_000, 900_000);
        _model = Train(1);
        _products = [.. Enumerable.Range(0, 50).Select(i => i * 37)];
        _vector = new float[Factors];
    }

    [Benchmark]
    public FactorModel OneThread() => Train(1);

    [Benchmark]
    public FactorModel TwoThreads() => Train(2);

    [Benchmark]
    public float FoldIn()
    {
        _model.FoldIn(_products, [], _vector);
        return _vector[0];
    }

    private FactorModel Train(int threads) =>
        new ImplicitAlsTrainer(new FactorizationOptions { Factors = Factors, Iterations = 5 })
            .Train(_interactions, new TrainingRun { Threads = threads });
}
