using System.CommandLine;
using PostPurchase.Recommend.Tool.Input;
using PostPurchase.Recommend.Tool.Output;

namespace PostPurchase.Recommend.Tool.Commands;

/// <summary><c>postpurchase recommend</c>: what each customer will want next, best first.</summary>
internal static class RecommendCommand
{
    private const int CustomersAtOnce = 1024;
    private const int MostProducts = 10_000;

    private static readonly string[] Header = ["customer_id", "rank", "product_id", "probability", "reason", "evidence"];

    public static Command Create(ToolConsole console)
    {
        var run = new RunOptions();
        var model = CommonOptions.Model("The model file that train wrote.");
        var asOf = CommonOptions.Date("--as-of", "The day of the visit, unless the file of customers has its own; by default the day after the last purchase, view, cart or wish that the model knows.", required: false);
        var customers = new Option<string?>("--customers")
        {
            Description = "The customers to ask about: CSV with customer_id and, where wanted, as_of; by default all customers of the log.",
            HelpName = "FILE",
            Validators = { FileNames.CheckInput },
        };
        var count = new Option<int>("--count")
        {
            Description = "The number of products for each customer, from 1 to 10000.",
            DefaultValueFactory = _ => 10,
            HelpName = "N",
        };
        var newOnly = new Option<bool>("--new-products-only") { Description = "Leave out what the customer has bought before." };
        var output = CommonOptions.Output("The list: customer_id,rank,product_id,probability,reason,evidence; - is standard output.");
        var command = new Command("recommend", "List what each customer will want next.") { model, asOf, customers, count, newOnly, output };
        run.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(output);
            if (parsed.GetValue(count) is < 1 or > MostProducts)
                throw new BadInputException($"--count is {parsed.GetValue(count)} but must be from 1 to {MostProducts}.");
            OutputFile.Check([path], [parsed.GetRequiredValue(model), parsed.GetValue(customers)]);
            var trained = ModelInput.Load(parsed.GetRequiredValue(model));
            var day = parsed.GetValue(asOf);
            var asked = parsed.GetValue(customers) is { } file
                ? CustomersFile.Read(file)
                : trained.CustomerIds.Select(id => (CustomerId: id, AsOf: (DateOnly?)null)).ToList();
            var queries = asked.ConvertAll(customer => new RecommendationQuery
            {
                CustomerId = customer.CustomerId,
                AsOf = customer.AsOf ?? day,
                Count = parsed.GetValue(count),
                NewProductsOnly = parsed.GetValue(newOnly),
            });
            await ProgressDisplay.RunAsync(console, progress =>
            {
                CsvOutput.Write(path, console, Header, csv =>
                {
                    var training = run.Of(parsed, null, cancellation);
                    var next = Answer(0);
                    for (var from = 0; from < queries.Count; from += CustomersAtOnce)
                    {
                        // The next lists are made while these are written.
                        var lists = next.GetAwaiter().GetResult();
                        next = Answer(from + CustomersAtOnce);
                        foreach (var list in lists)
                            Write(csv, list);
                        progress?.Report(new TrainingProgress("Recommending", (double)(from + lists.Count) / queries.Count));
                    }

                    Task<IReadOnlyList<RecommendationList>> Answer(int from)
                    {
                        var batch = from < queries.Count ? queries.GetRange(from, Math.Min(CustomersAtOnce, queries.Count - from)) : [];
                        return Task.Run(() => trained.RecommendAll(batch, training));
                    }
                }, cancellation);
                return true;
            }).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(CsvHelper.CsvWriter csv, RecommendationList list)
    {
        for (var place = 0; place < list.Items.Count; place++)
        {
            var item = list.Items[place];
            csv.WriteField(list.CustomerId);
            csv.WriteField(place + 1);
            csv.WriteField(item.ProductId);
            csv.WriteField(CsvOutput.Probability(item.Probability));
            csv.WriteField(item.Reason.ToString());
            csv.WriteField(CsvOutput.Evidence(item.Evidence));
            csv.EndRecord();
        }
    }
}
