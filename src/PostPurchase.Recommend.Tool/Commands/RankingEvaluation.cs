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
        EvaluateOptions options, ParseResult parsed, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var factorization = new FactorizationOptions
        {
            Factors = parsed.GetValue(options.Factors),
            Iterations = parsed.GetValue(options.Iterations),
        };
        var trainer = new ImplicitAlsTrainer(factorization);
        var ingest = options.Log.Ingest(parsed, cancellation) with { TimestampRequired = false };
        var training = options.Log.Read(parsed, ingest with { Progress = ReadingProgress.Of(progress) });
        var protocol = new RankingProtocol(training, PurchaseHistory.FromCsv(parsed.GetValue(options.Test)!, ingest));
        var run = options.Run.Of(parsed, progress, cancellation);
        var model = trainer.Train(InteractionMatrix.From(training), run);
        return protocol.Report([protocol.Measure($"iALS, {factorization.Factors} factors", model, run)], run);
    }
}
