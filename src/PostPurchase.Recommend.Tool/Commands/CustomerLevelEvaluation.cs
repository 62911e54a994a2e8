using System.CommandLine;
using PostPurchase.Recommend.Evaluation;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Tool.Output;

namespace PostPurchase.Recommend.Tool.Commands;

/// <summary>Runs the customer-level protocol.</summary>
internal static class CustomerLevelEvaluation
{
    public static EvaluationReport Run(
        EvaluateOptions options, ParseResult parsed, Action<string, PurchaseHistory> note, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var ingest = options.Log.Ingest(parsed, cancellation) with { Progress = ReadingProgress.Of(progress) };
        // Visits can be told without products, unless some of those are to be left out.
        var log = options.Log.Read(parsed, ingest with { ProductRequired = ingest.ExcludeProducts.Count > 0 });
        note(options.Log.Name(parsed), log);
        var protocol = new CustomerLevelProtocol(log);
        var run = options.Run.Of(parsed, progress, cancellation);
        var model = new PostPurchaseTrainer().Train(protocol.Training, run);
        var report = protocol.Report([protocol.Measure("PostPurchase.Recommend", model, run)], run);
        var asked = parsed.GetValue(options.AsOf) ?? [];
        var orders = asked.SelectMany(day => parsed.GetValue(options.Horizons)!.Select(days => protocol.CompareOrders(day, days, run)));
        return report with { Tables = [.. report.Tables, .. orders] };
    }
}
