using System.CommandLine;
using PostPurchase.Recommend.Evaluation;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Tool.Output;

namespace PostPurchase.Recommend.Tool.Commands;

/// <summary>Runs the ranking protocol: the matrix factorisation alone.</summary>
internal static class RankingEvaluation
{
    public static EvaluationReport Run(
        EvaluateOptions options, ParseResult parsed, Action<string, PurchaseHistory> note, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var trainer = options.Factorization.Trainer(parsed);
        var ingest = options.Log.Ingest(parsed, cancellation) with { TimestampRequired = false };
        var training = options.Log.Read(parsed, ingest with { Progress = ReadingProgress.Of(progress) });
        note(options.Log.Name(parsed), training);
        var test = PurchaseHistory.FromCsv(parsed.GetValue(options.Test)!, ingest);
        note(parsed.GetValue(options.Test)!, test);
        var protocol = new RankingProtocol(training, test);
        var run = options.Run.Of(parsed, progress, cancellation);
        var model = trainer.Train(InteractionMatrix.From(training), run);
        return protocol.Report([protocol.Measure(FactorizationChoice.Describe(model.Options), model, run)], run);
    }
}
