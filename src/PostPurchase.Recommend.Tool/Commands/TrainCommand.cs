using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using PostPurchase.Recommend.Tool.Input;
using PostPurchase.Recommend.Tool.Output;

namespace PostPurchase.Recommend.Tool.Commands;

/// <summary><c>postpurchase train</c>: a log in, a model file out.</summary>
internal static class TrainCommand
{
    public static Command Create(ToolConsole console)
    {
        var log = new LogOptions("ORDERS");
        var run = new RunOptions();
        var model = CommonOptions.Model("The model file to write.");
        var until = CommonOptions.Date("--until", "Use only lines dated before this day.", required: false);
        var json = CommonOptions.Json("Write what became of the lines, and the seconds taken, as JSON; - is standard output.");
        var command = new Command("train", "Learn a model from a log of orders.");
        log.AddTo(command);
        command.Add(model);
        command.Add(until);
        run.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            var modelPath = parsed.GetRequiredValue(model);
            if (modelPath == "-")
                throw new BadInputException("--model - is no file; a model is not written to standard output.");
            OutputFile.Check([modelPath, parsed.GetValue(json)], log.Files(parsed));
            var watch = Stopwatch.StartNew();
            var (history, trained, loadSeconds) = await ProgressDisplay.RunAsync(console, progress =>
            {
                var ingest = log.Ingest(parsed, cancellation) with
                {
                    Until = parsed.GetValue(until),
                    Progress = ReadingProgress.Of(progress),
                };
                var read = log.Read(parsed, ingest);
                var loaded = watch.Elapsed.TotalSeconds;
                if (read.PurchaseCount == 0)
                    throw new BadInputException($"{log.Name(parsed)}: there is no purchase to learn from");
                return (read, new PostPurchaseTrainer().Train(read, run.Of(parsed, progress, cancellation)), loaded);
            }).ConfigureAwait(false);
            OutputFile.WriteBytes(modelPath, trained.Save, cancellation);
            if (console.IsInteractive || log.SkipsMalformed(parsed))
                IngestSummary.Write(console.Error, history);
            if (parsed.GetValue(json) is { } report)
            {
                JsonOutput.Write(report, console, new JsonObject
                {
                    ["load_seconds"] = loadSeconds,
                    ["train_seconds"] = watch.Elapsed.TotalSeconds - loadSeconds,
                    ["ingest"] = IngestSummary.ToJson(history),
                }, cancellation);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
