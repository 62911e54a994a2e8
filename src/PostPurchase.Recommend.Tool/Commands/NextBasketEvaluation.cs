using System.CommandLine;
using PostPurchase.Recommend.Evaluation;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Tool.Input;
using PostPurchase.Recommend.Tool.Output;

namespace PostPurchase.Recommend.Tool.Commands;

/// <summary>Runs the next-basket protocol.</summary>
internal static class NextBasketEvaluation
{
    public static EvaluationReport Run(
        EvaluateOptions options, ParseResult parsed, Action<string, PurchaseHistory> note, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var ingest = options.Log.Ingest(parsed, cancellation);
        var history = options.Log.Read(parsed, ingest with { Progress = ReadingProgress.Of(progress) });
        note(options.Log.Name(parsed), history);
        var truth = parsed.GetValue(options.Truth) is { } truthFile ? PurchaseHistory.FromCsv(truthFile, ingest) : null;
        if (truth is not null)
            note(parsed.GetValue(options.Truth)!, truth);
        var protocol = truth is not null
            ? NextBasketProtocol.FromHeldOut(history, truth, CustomersFile.ReadDays(parsed.GetValue(options.Customers)!))
            : NextBasketProtocol.HoldOutLastBasket(history);
        var run = options.Run.Of(parsed, progress, cancellation);
        var model = new PostPurchaseTrainer().Train(protocol.Training, run);
        List<EvaluationRow> rows = [protocol.Measure("PostPurchase.Recommend", model, run)];
        if (parsed.GetValue(options.Ablation))
            rows.AddRange(RankingAblation.Measure(protocol, run));
        return protocol.Report(rows, run);
    }
}
