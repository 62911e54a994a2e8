using System.CommandLine;
using PostPurchase.Recommend.Evaluation;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Tool.Output;

namespace PostPurchase.Recommend.Tool.Commands;

/// <summary>Runs the replenishment protocol.</summary>
internal static class ReplenishmentEvaluation
{
    public static EvaluationReport Run(
        EvaluateOptions options, ParseResult parsed, Action<string, PurchaseHistory> note, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var ingest = options.Log.Ingest(parsed, cancellation);
        using var spool = options.Log.Spool(parsed, cancellation);
        PurchaseHistory Read(IngestOptions how) => spool?.Read(how) ?? options.Log.Read(parsed, how);
        // The questions are about sales as they were rung up: a sale that was taken back later was one on its day.
        var sales = Read(ingest with { ReturnsCancel = false, Progress = ReadingProgress.Of(progress) });
        note(options.Log.Name(parsed), sales);
        var (asked, horizons) = (parsed.GetValue(options.AsOf)!, parsed.GetValue(options.Horizons)!);
        var protocol = parsed.GetValue(options.Groups) ? ReplenishmentProtocol.OfGroups(sales, asked, horizons) : new ReplenishmentProtocol(sales, asked, horizons);
        var run = options.Run.Of(parsed, progress, cancellation);
        // Read anew for every day, as train --until does: returns after that day must not reach back.
        var rows = protocol.Measure(
            "PostPurchase.Recommend",
            asOf => new PostPurchaseTrainer().Train(Read(ingest with { Until = asOf }), run),
            run);
        return protocol.Report([rows]);
    }
}
