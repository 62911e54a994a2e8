using System.CommandLine;
using PostPurchase.Recommend.Tool.Input;
using PostPurchase.Recommend.Tool.Output;

namespace PostPurchase.Recommend.Tool.Commands;

/// <summary><c>postpurchase forecast</c>: when each pair will be bought next.</summary>
internal static class ForecastCommand
{
    private const int PairsAtOnce = 1 << 15;

    private static readonly int[] Horizons = [7, 14, 30, 60, 90];

    private static readonly string[] Answers = [.. Horizons.Select(days => $"p{days}"), "due", "earliest", "latest", "evidence"];

    public static Command Create(ToolConsole console)
    {
        var run = new RunOptions();
        var model = CommonOptions.Model("The model file that train wrote.");
        var asOf = CommonOptions.Date("--as-of", "The day of asking: purchases on or after it are not looked at.", required: true);
        var pairs = new Option<string>("--pairs")
        {
            Description = "The customers and products to ask about: CSV with customer_id and product_id. By default every product that a customer has bought before the day, in order of their ids.",
            HelpName = "PAIRS.csv",
            Validators = { FileNames.CheckInput },
        };
        var groups = new Option<string>("--groups")
        {
            Description = "Instead of --pairs, the customers and replenishment groups to ask about, whose products count as one: CSV with customer_id and replenishment_group.",
            HelpName = "GROUPS.csv",
            Validators = { FileNames.CheckInput },
        };
        var output = CommonOptions.Output("The forecasts: customer_id,product_id,p7,p14,p30,p60,p90,due,earliest,latest,evidence; with --groups replenishment_group instead of product_id, and product_id, the one bought last, at the end; - is standard output.");
        var command = new Command("forecast", "Say when each customer will buy a product next.") { model, asOf, pairs, groups, output };
        run.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(output);
            var (ofPairs, ofGroups) = (parsed.GetValue(pairs), parsed.GetValue(groups));
            if (ofPairs is not null && ofGroups is not null)
                throw new BadInputException("give either --pairs or --groups");
            OutputFile.Check([path], [parsed.GetRequiredValue(model), .. new[] { ofPairs, ofGroups }.OfType<string>()]);
            var trained = ModelInput.Load(parsed.GetRequiredValue(model));
            if (ofGroups is not null && trained.ReplenishmentGroups.Count == 0)
                throw new BadInputException($"{parsed.GetRequiredValue(model)}: the model knows no replenishment groups: train it on a log with categories, or with --catalog");
            var asked = ofGroups is not null ? PairsFile.ReadGroups(ofGroups) : ofPairs is not null ? PairsFile.Read(ofPairs) : null;
            var day = parsed.GetRequiredValue(asOf)!.Value;
            var training = run.Of(parsed, null, cancellation);
            string[] header = ofGroups is null ? ["customer_id", "product_id", .. Answers] : ["customer_id", "replenishment_group", .. Answers, "product_id"];
            IEnumerable<IReadOnlyList<ReplenishmentForecast>> answers =
                asked is null ? trained.ForecastAll(day, training).Chunk(PairsAtOnce)
                : asked.Chunk(PairsAtOnce).Select(some => ofGroups is null ? trained.ForecastAll(some, day, training) : trained.ForecastGroups(some, day, training));
            await ProgressDisplay.RunAsync(console, progress =>
            {
                CsvOutput.Write(path, console, header, csv =>
                {
                    using var rest = answers.GetEnumerator();
                    // The next forecasts are worked out while these are written.
                    Task<IReadOnlyList<ReplenishmentForecast>?> Ask() => Task.Run(() => rest.MoveNext() ? rest.Current : null, cancellation);
                    var (next, written) = (Ask(), 0);
                    try
                    {
                        while (next.GetAwaiter().GetResult() is { } forecasts)
                        {
                            next = Ask();
                            foreach (var forecast in forecasts)
                                Write(csv, forecast);
                            written += forecasts.Count;
                            if (asked is not null)
                                progress?.Report(new TrainingProgress("Forecasting", (double)written / asked.Count));
                        }
                    }
                    finally
                    {
                        // When writing fails, the rest must not be disposed of while it is worked on.
                        Task.WaitAny([next]);
                    }
                }, cancellation);
                return true;
            }).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(CsvHelper.CsvWriter csv, ReplenishmentForecast forecast)
    {
        csv.WriteField(forecast.CustomerId);
        csv.WriteField(forecast.ReplenishmentGroup ?? forecast.ProductId);
        foreach (var days in Horizons)
            csv.WriteField(CsvOutput.Probability(forecast.ProbabilityWithin(days)));
        var window = forecast.Window();
        csv.WriteField(forecast.DueDate is { } due ? CsvOutput.Date(due) : "");
        csv.WriteField(window is { } w ? CsvOutput.Date(w.From) : "");
        csv.WriteField(window is { } v ? CsvOutput.Date(v.Until.AddDays(-1)) : "");
        csv.WriteField(CsvOutput.Evidence(forecast.Evidence));
        if (forecast.ReplenishmentGroup is not null)
            csv.WriteField(forecast.ProductId);
        csv.EndRecord();
    }
}
