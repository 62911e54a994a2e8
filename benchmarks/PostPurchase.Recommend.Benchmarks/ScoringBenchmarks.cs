using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using PostPurchase.Recommend.Scoring;
using PostPurchase.Recommend.Scoring.Kernels;

namespace PostPurchase.Recommend.Benchmarks;

/// <summary>The best products for one customer, by every kernel of the factory and by a plain loop that only computes the scores.</summary>
[MemoryDiagnoser]
public class ScoringBenchmarks
{
    private ItemPanels _panels = null!;
    private QuantizedItems _quantized = null!;
    private float[] _vectors = [];
    private float[] _scores = [];
    private ulong[] _mask = [];
    private ScoredItem[] _best = [];
    private FloatKernel _kernel = FloatKernels.Best;

    /// <summary>The scalar kernel is the specification, some sixty times slower: only in the full matrix.</summary>
    public static IEnumerable<string> Kernels => FloatKernels.All.Skip(BenchmarkMatrix.IsFull ? 0 : 1).Select(kernel => kernel.Name);

    public static IEnumerable<int> ProductCounts => BenchmarkMatrix.Of([1_000, 100_000], [1_000, 10_000, 100_000, 1_000_000]);

    public static IEnumerable<int> FactorCounts => BenchmarkMatrix.Of([64], [32, 64, 128, 256]);

    public static IEnumerable<int> Counts => BenchmarkMatrix.Of([10], [10, 100]);

    [ParamsSource(nameof(Kernels))]
    public string Kernel { get; set; } = "";

    [ParamsSource(nameof(ProductCounts))]
    public int Products { get; set; }

    [ParamsSource(nameof(FactorCounts))]
    public int Factors { get; set; }

    [ParamsSource(nameof(Counts))]
    public int Wanted { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _kernel = FloatKernels.Choose(Kernel);
        _vectors = BenchmarkData.Vectors(Products, Factors);
        _panels = ItemPanels.Pack(_vectors, Products, Factors, Factors);
        _quantized = QuantizedItems.Pack(_vectors, Products, Factors, Factors, []);
        _scores = new float[Products];
        _mask = BenchmarkData.HalfMask(Products);
        _best = new ScoredItem[Wanted];
    }

    [Benchmark(Baseline = true)]
    public float PlainLoop()
    {
        var customer = _vectors.AsSpan(0, Factors);
        for (var i = 0; i < _scores.Length; i++)
            _scores[i] = TensorPrimitives.Dot(_vectors.AsSpan(i * Factors, Factors), customer);
        return _scores[^1];
    }

    [Benchmark]
    public int Top() => TopItems.Find(_kernel, _panels, _vectors.AsSpan(0, Factors), [], _best);

    [Benchmark]
    public int TopMasked() => TopItems.Find(_kernel, _panels, _vectors.AsSpan(0, Factors), _mask, _best);

    /// <summary>Does not depend on the kernel.</summary>
    [Benchmark]
    public int TopByEightBits() => QuantizedScan.Find(_quantized, _vectors.AsSpan(0, Factors), [], _best);
}
