using BenchmarkDotNet.Attributes;
using PostPurchase.Recommend.Scoring;
using PostPurchase.Recommend.Scoring.Kernels;

namespace PostPurchase.Recommend.Benchmarks;

/// <summary>The ten best of 100,000 products for many customers at once.</summary>
[MemoryDiagnoser]
public class BatchScoringBenchmarks
{
    private const int Products = 100_000;
    private const int Factors = 64;

    private ItemPanels _panels = null!;
    private float[] _customers = [];
    private ScoredItem[] _best = [];
    private int[] _found = [];
    private FloatKernel _kernel = FloatKernels.Best;

    public static IEnumerable<string> Kernels => FloatKernels.All.Skip(1).Select(kernel => kernel.Name);

    [ParamsSource(nameof(Kernels))]
    public string Kernel { get; set; } = "";

    [Params(1, 8, 32, 256)]
    public int Customers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _kernel = FloatKernels.Choose(Kernel);
        _panels = BenchmarkData.Panels(Products, Factors);
        _customers = BenchmarkData.Vectors(Customers, Factors);
        _best = new ScoredItem[Customers * 10];
        _found = new int[Customers];
    }

    [Benchmark]
    public int TopMany()
    {
        TopItems.FindMany(_kernel, _panels, _customers, [], _best, _found);
        return _found[0];
    }
}
