using BenchmarkDotNet.Running;
using PostPurchase.Recommend.Benchmarks;

// ratios BASELINE [--accept]: the quick check of CI; anything else goes to BenchmarkDotNet.
if (args is ["ratios", var baseline, .. var rest])
    return RatioCheck.Run(baseline, rest.Contains("--accept"));
BenchmarkSwitcher.FromAssembly(typeof(ScoringBenchmarks).Assembly).Run(args);
return 0;
