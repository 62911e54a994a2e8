using System.CommandLine;
using System.Globalization;
using PostPurchase.Recommend.Tool.Input;
using PostPurchase.Recommend.Tool.Output;

namespace PostPurchase.Recommend.Tool.Commands;

/// <summary><c>postpurchase due</c>: the nightly feed of purchases that fall due.</summary>
internal static class DueCommand
{
    private const int MostDays = 3650;

    private static readonly string[] Header =
        ["customer_id", "product_id", "probability", "due", "earliest", "latest", "evidence", "status", "idempotency_key", "base_product_id"];

    public static Command Create(ToolConsole console)
    {
        var model = CommonOptions.Model("The model file that train wrote.");
        var from = CommonOptions.Date("--from", "The first day asked about, and the day of asking: purchases on or after it are not looked at.", required: true);
        var days = new Option<int>("--days")
        {
            Description = "The number of days asked about, from 1 to 3650.",
            HelpName = "N",
            Required = true,
        };
        var minimum = new Option<double>("--min-probability")
        {
            Description = "The least probability, from 0 to 1, of a purchase inside the window.",
            DefaultValueFactory = _ => 0.1,
            HelpName = "P",
        };
        var lead = new Option<int>("--lead-days")
        {
            Description = "How many days before the purchase a reminder must go out, from 0 to 365: the window asked about moves by as many.",
            HelpName = "N",
        };
        var most = new Option<int>("--most-per-customer")
        {
            Description = "The most purchases of one customer, the most probable first.",
            DefaultValueFactory = _ => 100,
            HelpName = "N",
        };
        var statuses = new Option<string>("--statuses")
        {
            Description = "Which purchases are listed, separated by commas.",
            DefaultValueFactory = _ => string.Join(',', Enum.GetValues<DueStatus>().Select(Name)),
            HelpName = "LIST",
        };
        var subscriptions = new Option<string?>("--subscriptions")
        {
            Description = "What comes by subscription and needs no reminder: CSV with customer_id and product_id.",
            HelpName = "PAIRS.csv",
            Validators = { FileNames.CheckInput },
        };
        var output = CommonOptions.Output("The feed: customer_id,product_id,probability,due,earliest,latest,evidence,status,idempotency_key,base_product_id; - is standard output.");
        var command = new Command("due", "List the purchases that fall due inside a window of days.") { model, from, days, minimum, lead, most, statuses, subscriptions, output };
        command.SetAction(async (parsed, cancellation) =>
        {
            var wanted = parsed.GetRequiredValue(days);
            if (wanted is < 1 or > MostDays)
                throw new BadInputException($"--days is {wanted} but must be from 1 to {MostDays}.");
            if (parsed.GetValue(lead) is < 0 or > 365)
                throw new BadInputException($"--lead-days is {parsed.GetValue(lead)} but must be from 0 to 365.");
            if (parsed.GetValue(most) < 1)
                throw new BadInputException($"--most-per-customer is {parsed.GetValue(most)} but must be at least 1.");
            if (parsed.GetValue(minimum) is not (>= 0 and <= 1))
                throw new BadInputException(string.Create(CultureInfo.InvariantCulture, $"--min-probability is {parsed.GetValue(minimum)} but must be from 0 to 1."));
            var chosen = Statuses(parsed.GetValue(statuses)!);
            var firstDay = parsed.GetRequiredValue(from)!.Value;
            if (wanted > DateOnly.MaxValue.DayNumber - firstDay.DayNumber)
                throw new BadInputException($"--from {CsvOutput.Date(firstDay)} and --days {wanted} reach beyond the end of the calendar.");
            var path = parsed.GetRequiredValue(output);
            OutputFile.Check([path], [parsed.GetRequiredValue(model), parsed.GetValue(subscriptions)]);
            var trained = ModelInput.Load(parsed.GetRequiredValue(model));
            var query = new DueQuery
            {
                Window = DateWindow.Of(firstDay, wanted),
                MinimumProbability = parsed.GetValue(minimum),
                LeadDays = parsed.GetValue(lead),
                MostPerCustomer = parsed.GetValue(most),
                Statuses = chosen,
                Subscriptions = parsed.GetValue(subscriptions) is { } file ? PairsFile.Read(file).ToHashSet() : [],
            };
            await ProgressDisplay.RunAsync(console, progress =>
            {
                CsvOutput.Write(path, console, Header, csv =>
                {
                    foreach (var due in trained.DueAsync(query, cancellation).ToBlockingEnumerable(cancellation))
                        Write(csv, due);
                }, cancellation);
                return true;
            }).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static string Name(DueStatus status) => status switch { DueStatus.Due => "due", DueStatus.Late => "late", _ => "lapsed" };

    private static DueStatus[] Statuses(string list)
    {
        var named = Enum.GetValues<DueStatus>().ToDictionary(Name, StringComparer.OrdinalIgnoreCase);
        return [.. list.Split(',', StringSplitOptions.TrimEntries).Select(name => named.TryGetValue(name, out var status)
            ? status
            : throw new BadInputException($"--statuses: '{name}' is none of {string.Join(", ", named.Keys)}.")).Distinct()];
    }

    private static void Write(CsvHelper.CsvWriter csv, DuePurchase due)
    {
        csv.WriteField(due.CustomerId);
        csv.WriteField(due.ProductId);
        csv.WriteField(CsvOutput.Probability(due.Probability));
        csv.WriteField(CsvOutput.Date(due.DueDate));
        csv.WriteField(CsvOutput.Date(due.Window.From));
        csv.WriteField(CsvOutput.Date(due.Window.Until.AddDays(-1)));
        csv.WriteField(CsvOutput.Evidence(due.Evidence));
        csv.WriteField(Name(due.Status));
        csv.WriteField(due.IdempotencyKey);
        csv.WriteField(due.BaseProductId ?? "");
        csv.EndRecord();
    }
}
