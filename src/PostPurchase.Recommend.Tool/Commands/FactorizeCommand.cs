using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Tool.Input;
using PostPurchase.Recommend.Tool.Output;

namespace PostPurchase.Recommend.Tool.Commands;

/// <summary><c>postpurchase factorize</c>: the matrix factorisation alone.</summary>
internal static class FactorizeCommand
{
    public static Command Create(ToolConsole console)
    {
        var log = new LogOptions("INTERACTIONS");
        var run = new RunOptions();
        var choice = new FactorizationChoice("", autoMayLengthen: false);
        var output = CommonOptions.Output("The vectors: side,id,f1,f2,... with one line for each customer and each product; - is standard output.");
        var json = CommonOptions.Json("Write load_seconds, train_seconds, rows, columns, entries and loss as JSON; - is standard output.");
        var command = new Command("factorize", "Train only the matrix factorisation; no dates are needed.");
        log.AddTo(command);
        choice.AddTo(command);
        run.AddTo(command);
        command.Add(output);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(output);
            OutputFile.Check([path, parsed.GetValue(json)], log.Files(parsed));
            var trainer = choice.Trainer(parsed);
            var watch = Stopwatch.StartNew();
            var (history, matrix, model, loadSeconds) = await ProgressDisplay.RunAsync(console, progress =>
            {
                var ingest = log.Ingest(parsed, cancellation) with { TimestampRequired = false, Progress = ReadingProgress.Of(progress) };
                var read = log.Read(parsed, ingest);
                if (read.PurchaseCount == 0)
                    throw new BadInputException($"{log.Name(parsed)}: there is no interaction to learn from");
                var entries = InteractionMatrix.From(read);
                var loaded = watch.Elapsed.TotalSeconds;
                return (read, entries, trainer.Train(entries, run.Of(parsed, progress, cancellation)), loaded);
            }).ConfigureAwait(false);
            var trainSeconds = watch.Elapsed.TotalSeconds - loadSeconds;
            Write(path, console, history, model, cancellation);
            if (console.IsInteractive || log.SkipsMalformed(parsed))
                IngestSummary.Write(console.Error, history);
            if (parsed.GetValue(json) is { } report)
            {
                JsonOutput.Write(report, console, new JsonObject
                {
                    ["load_seconds"] = loadSeconds,
                    ["train_seconds"] = trainSeconds,
                    ["rows"] = matrix.CustomerCount,
                    ["columns"] = matrix.ProductCount,
                    ["entries"] = matrix.PairCount,
                    ["loss"] = model.Losses.Count > 0 ? model.Losses[^1] : null,
                    ["factors"] = model.Options.Factors,
                    ["spectral_factors"] = model.Options.SpectralFactors,
                    ["iterations"] = model.Options.Iterations,
                    ["regularization"] = model.Options.Regularization,
                    ["unobserved_weight"] = model.Options.UnobservedWeight,
                }, cancellation);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(string path, ToolConsole console, PurchaseHistory history, FactorModel model, CancellationToken cancellation)
    {
        var header = Enumerable.Range(1, model.Factors).Select(factor => string.Create(CultureInfo.InvariantCulture, $"f{factor}"));
        CsvOutput.Write(path, console, ["side", "id", .. header], csv =>
        {
            for (var customer = 0; customer < model.CustomerCount; customer++)
            {
                CsvOutput.CheckCancellation(customer, cancellation);
                Write(csv, "customer", history.CustomerIds[customer], model.Customer(customer));
            }

            for (var product = 0; product < model.ProductCount; product++)
            {
                CsvOutput.CheckCancellation(product, cancellation);
                Write(csv, "product", history.ProductIds[product], model.Product(product), Scale(model, product));
            }
        }, cancellation);
    }

    // The model weighs a product's vector by popularity when it ranks; with that weight inside, a plain dot product ranks the same.
    private static float Scale(FactorModel model, int product)
    {
        var vector = model.Product(product);
        var squares = 0f;
        foreach (var value in vector)
            squares += value * value;
        return squares > 0 ? model.Score(vector, product) / squares : 1;
    }

    private static void Write(CsvWriter csv, string side, string id, ReadOnlySpan<float> vector, float scale = 1)
    {
        csv.WriteField(side);
        csv.WriteField(id);
        foreach (var value in vector)
            csv.WriteField(value * scale);
        csv.EndRecord();
    }
}
