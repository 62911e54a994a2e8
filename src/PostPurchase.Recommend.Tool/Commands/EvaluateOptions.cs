using System.CommandLine;
using System.Globalization;
using PostPurchase.Recommend.Tool.Input;

namespace PostPurchase.Recommend.Tool.Commands;

/// <summary>The options of <c>postpurchase evaluate</c>.</summary>
internal sealed class EvaluateOptions
{
    public const string NextBasket = "next-basket";
    public const string Ranking = "ranking";
    public const string Replenishment = "replenishment";

    public const string CustomerLevel = "customer-level";

    public LogOptions Log { get; } = new("ORDERS");

    public RunOptions Run { get; } = new();

    public Option<string> Protocol { get; } = new Option<string>("--protocol")
    {
        Description = "What to measure: next-basket, ranking, replenishment or customer-level.",
        HelpName = "NAME",
        Required = true,
    }.AcceptOnlyFromAmong(NextBasket, Ranking, Replenishment, CustomerLevel);

    public Option<string?> Truth { get; } = new("--truth")
    {
        Description = "next-basket: the held-out baskets, a log of their own; without it each customer's last basket is held out.",
        HelpName = "FILE",
        Validators = { FileNames.CheckInput },
    };

    public Option<string?> Customers { get; } = new("--customers")
    {
        Description = "next-basket: the tested customers, CSV with customer_id and as_of; needed with --truth.",
        HelpName = "FILE",
        Validators = { FileNames.CheckInput },
    };

    public Option<bool> Ablation { get; } = new("--ablation")
    {
        Description = "next-basket: also learn the ranking without each group of features in turn; takes as many times longer.",
    };

    public Option<string?> Test { get; } = new("--test")
    {
        Description = "ranking: the held-out pairs.",
        HelpName = "FILE",
        Validators = { FileNames.CheckInput },
    };

    public Option<DateOnly[]?> AsOf { get; } = new("--as-of")
    {
        Description = "replenishment, customer-level: the days of asking, separated by commas.",
        HelpName = "DATES",
        CustomParser = DateText.ParseList,
    };

    public Option<int[]> Horizons { get; } = new("--horizons")
    {
        Description = "replenishment, customer-level: the horizons in days, separated by commas.",
        HelpName = "DAYS",
        DefaultValueFactory = _ => [14, 30, 60],
        CustomParser = result =>
        {
            List<int> days = [];
            foreach (var text in result.Tokens.SelectMany(token => token.Value.Split(',')))
            {
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var horizon) && horizon is >= 1 and <= 365)
                    days.Add(horizon);
                else
                    result.AddError($"--horizons: '{text}' is no horizon; write them as 14,30,60, each from 1 to 365.");
            }

            return [.. days.Distinct()];
        },
    };

    public Option<bool> Groups { get; } = new("--groups")
    {
        Description = "replenishment: ask about replenishment groups instead of products, or about categories where --catalog names no groups.",
    };

    public FactorizationChoice Factorization { get; } = new("ranking: ", autoMayLengthen: true);

    public Option<string?> Json { get; } = CommonOptions.Json("Write the figures as JSON; - is standard output, which then holds nothing else.");

    public void AddTo(Command command)
    {
        Log.AddTo(command);
        command.Add(Protocol);
        command.Add(Truth);
        command.Add(Customers);
        command.Add(Ablation);
        command.Add(Test);
        command.Add(AsOf);
        command.Add(Horizons);
        command.Add(Groups);
        Factorization.AddTo(command);
        Run.AddTo(command);
        command.Add(Json);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Truth) is null != result.GetValue(Customers) is null)
                result.AddError("--truth and --customers belong together.");
            if (result.GetValue(Protocol) == Ranking && result.GetValue(Test) is null)
                result.AddError("--protocol ranking needs --test.");
            if (result.GetValue(Protocol) == Replenishment && result.GetResult(AsOf) is null)
                result.AddError("--protocol replenishment needs --as-of.");
        });
    }
}
