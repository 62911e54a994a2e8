using BenchmarkDotNet.Attributes;
using PostPurchase.Recommend.Scoring;
using PostPurchase.Recommend.Scoring.Kernels;

namespace PostPurchase.Recommend.Benchmarks;

/// <summary>The best products for many customers at once.</summary>
[MemoryDiagnoser]
public class BatchScoringBenchmarks
{
    private ItemPanels _panels = null!;
    private float[] _customers = [];
    private ulong[] _masks = [];
    private ScoredItem[] _best = [];
    private int[] _found = [];
    private FloatKernel _kernel = FloatKernels.Best;

    public static IEnumerable<string> Kernels => FloatKernels.All.Skip(1).Select(kernel => kernel.Name);

    public static IEnumerable<int> ProductCounts => BenchmarkMatrix.Of([100_000], [1_000, 10_000, 100_000, 1_000_000]);

    public static IEnumerable<int> FactorCounts => BenchmarkMatrix.Of([64], [32, 64, 128, 256]);

    public static IEnumerable<int> Counts => BenchmarkMatrix.Of([10], [10, 100]);

    public static IEnumerable<bool> Masks => BenchmarkMatrix.Of([false], [false, true]);

    public static IEnumerable<int> CustomerCounts => BenchmarkMatrix.Of([1, 32, 256], [1, 8, 32, 256]);

    [ParamsSource(nameof(Kernels))]
    public string Kernel { get; set; } = "";

    [ParamsSource(nameof(CustomerCounts))]
    public int Customers { get; set; }

    [ParamsSource(nameof(ProductCounts))]
    public int Products { get; set; }

    [ParamsSource(nameof(FactorCounts))]
    public int Factors { get; set; }

    [ParamsSource(nameof(Counts))]
    public int Wanted { get; set; }

    [ParamsSource(nameof(Masks))]
    public bool Masked { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _kernel = FloatKernels.Choose(Kernel);
        _panels = BenchmarkData.Panels(Products, Factors);
        _customers = BenchmarkData.Vectors(Customers, Factors);
        var mask = BenchmarkData.HalfMask(Products);
        _masks = Masked ? [.. Enumerable.Range(0, Customers).SelectMany(_ => mask)] : [];
        _best = new ScoredItem[Customers * Wanted];
        _found = new int[Customers];
    }

    [Benchmark]
    public int TopMany()
    {
        TopItems.FindMany(_kernel, _panels, _customers, _masks, _best, _found);
        return _found[0];
    }
}
