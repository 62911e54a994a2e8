using System.Globalization;
using BenchmarkDotNet.Running;
using PostPurchase.Recommend.Benchmarks;
using PostPurchase.Recommend.Benchmarks.Figures;
using PostPurchase.Recommend.Benchmarks.Scale;

switch (args)
{
    // The quick check of CI.
    case ["ratios", var baseline, .. var rest]:
        return RatioCheck.Run(baseline, rest.Contains("--accept"));
    // Everything measured in one table; with peers' results beside it.
    case ["figures"]:
        return FigureTable.Print(null);
    case ["figures", "--peers", var peers]:
        return FigureTable.Print(peers);
    // A log for peers to read: its length in lines.
    case ["log", "--lines", var lines, "--output", var output]:
        ScaleLog.Write(output, long.Parse(lines, CultureInfo.InvariantCulture));
        return 0;
    case ["scale", "--lines", var millions]:
        return ScaleRuns.Run(millions);
    case ["scale-one", var log]:
        return ScaleRuns.RunOne(log);
    default:
        // BenchmarkDotNet goes on after a benchmark that failed; whoever runs all of them wants to know.
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(ScoringBenchmarks).Assembly).Run(args);
        return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
}
