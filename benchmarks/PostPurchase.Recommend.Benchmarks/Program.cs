using BenchmarkDotNet.Running;
using PostPurchase.Recommend.Benchmarks;
using PostPurchase.Recommend.Benchmarks.Scale;

switch (args)
{
    // The quick check of CI.
    case ["ratios", var baseline, .. var rest]:
        return RatioCheck.Run(baseline, rest.Contains("--accept"));
    case ["scale", "--lines", var millions]:
        return ScaleRuns.Run(millions);
    case ["scale-one", var log]:
        return ScaleRuns.RunOne(log);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ScoringBenchmarks).Assembly).Run(args);
        return 0;
}
