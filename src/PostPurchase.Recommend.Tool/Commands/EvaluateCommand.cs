using System.CommandLine;
using PostPurchase.Recommend.Evaluation;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Tool.Output;

namespace PostPurchase.Recommend.Tool.Commands;

/// <summary><c>postpurchase evaluate</c>: the library beside its baselines on a time split.</summary>
internal static class EvaluateCommand
{
    public static Command Create(ToolConsole console)
    {
        var options = new EvaluateOptions();
        var command = new Command("evaluate", "Measure the library beside its baselines.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var json = parsed.GetValue(options.Json);
            OutputFile.Check(
                [json], [.. options.Log.Files(parsed), parsed.GetValue(options.Truth), parsed.GetValue(options.Customers), parsed.GetValue(options.Test)]);
            // Written when the bars are gone, which they would run through.
            using var summaries = new StringWriter { NewLine = console.Error.NewLine };
            void Note(string name, PurchaseHistory history) => IngestSummary.Write(summaries, history, name);
            EvaluationReport report;
            try
            {
                report = await ProgressDisplay.RunAsync(console, progress => parsed.GetRequiredValue(options.Protocol) switch
                {
                    EvaluateOptions.NextBasket => NextBasketEvaluation.Run(options, parsed, Note, progress, cancellation),
                    EvaluateOptions.Ranking => RankingEvaluation.Run(options, parsed, Note, progress, cancellation),
                    EvaluateOptions.CustomerLevel => CustomerLevelEvaluation.Run(options, parsed, Note, progress, cancellation),
                    _ => ReplenishmentEvaluation.Run(options, parsed, Note, progress, cancellation),
                }).ConfigureAwait(false);
            }
            catch (ArgumentException cause) when (cause is not (ArgumentNullException or ArgumentOutOfRangeException))
            {
                // Protocols refuse logs that leave nothing to ask about.
                var reason = cause.Message.Replace($" (Parameter '{cause.ParamName}')", "", StringComparison.Ordinal);
                throw new BadInputException($"{options.Log.Name(parsed)}: {reason}", cause);
            }

            if (console.IsInteractive || options.Log.SkipsMalformed(parsed))
                await console.Error.WriteAsync(summaries.ToString()).ConfigureAwait(false);
            if (json != "-")
                EvaluationText.Write(console.Output, report, console.IsInteractive);
            if (json is not null)
                JsonOutput.Write(json, console, EvaluationJson.Of(report), cancellation);
            return ExitCode.Success;
        });
        return command;
    }
}
