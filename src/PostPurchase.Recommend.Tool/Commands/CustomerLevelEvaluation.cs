using System.CommandLine;
using PostPurchase.Recommend.Evaluation;
using PostPurchase.Recommend.Tool.Input;
using PostPurchase.Recommend.Tool.Output;

namespace PostPurchase.Recommend.Tool.Commands;

/// <summary>Runs the customer-level protocol.</summary>
internal static class CustomerLevelEvaluation
{
    public static EvaluationReport Run(
        EvaluateOptions options, ParseResult parsed, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var ingest = options.Log.Ingest(parsed, cancellation) with { Progress = ReadingProgress.Of(progress) };
        var log = options.Log.File(parsed) is { } file ? VisitsFile.Read(file, ingest) : options.Log.Read(parsed, ingest);
        var protocol = new CustomerLevelProtocol(log);
        var run = options.Run.Of(parsed, progress, cancellation);
        var model = new PostPurchaseTrainer().Train(protocol.Training, run);
        var report = protocol.Report([protocol.Measure("PostPurchase.Recommend", model, run)], run);
        var asked = parsed.GetValue(options.AsOf) ?? [];
        var orders = asked.SelectMany(day => parsed.GetValue(options.Horizons)!.Select(days => protocol.CompareOrders(day, days, run)));
        return report with { Tables = [.. report.Tables, .. orders] };
    }
}
