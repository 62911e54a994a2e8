using System.CommandLine;
using PostPurchase.Recommend.Tool.Input;
using PostPurchase.Recommend.Tool.Output;

namespace PostPurchase.Recommend.Tool.Commands;

/// <summary><c>postpurchase due</c>: the nightly feed of purchases that fall due.</summary>
internal static class DueCommand
{
    private const int MostDays = 3650;

    private static readonly string[] Header = ["customer_id", "product_id", "probability", "due", "earliest", "latest", "evidence"];

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
        var output = CommonOptions.Output("The feed: customer_id,product_id,probability,due,earliest,latest,evidence; - is standard output.");
        var command = new Command("due", "List the purchases that fall due inside a window of days.") { model, from, days, minimum, output };
        command.SetAction(async (parsed, cancellation) =>
        {
            var wanted = parsed.GetRequiredValue(days);
            if (wanted is < 1 or > MostDays)
                throw new BadInputException($"--days is {wanted} but must be from 1 to {MostDays}.");
            var path = parsed.GetRequiredValue(output);
            OutputFile.Check(path);
            var trained = ModelInput.Load(parsed.GetRequiredValue(model));
            var query = new DueQuery
            {
                Window = DateWindow.Of(parsed.GetRequiredValue(from)!.Value, wanted),
                MinimumProbability = parsed.GetValue(minimum),
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

    private static void Write(CsvHelper.CsvWriter csv, DuePurchase due)
    {
        csv.WriteField(due.CustomerId);
        csv.WriteField(due.ProductId);
        csv.WriteField(CsvOutput.Probability(due.Probability));
        csv.WriteField(CsvOutput.Date(due.DueDate));
        csv.WriteField(CsvOutput.Date(due.Window.From));
        csv.WriteField(CsvOutput.Date(due.Window.Until.AddDays(-1)));
        csv.WriteField(CsvOutput.Evidence(due.Evidence));
        csv.EndRecord();
    }
}
