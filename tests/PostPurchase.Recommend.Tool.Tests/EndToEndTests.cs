using System.Globalization;
using System.Text.Json.Nodes;

namespace PostPurchase.Recommend.Tool.Tests;

/// <summary>Every command on a small simulated store: one log in, all answers out.</summary>
public sealed class EndToEndTests : IClassFixture<TrainedStore>, IDisposable
{
    private readonly TrainedStore _store;
    private readonly TemporaryFolder _folder = new();

    public EndToEndTests(TrainedStore store) => _store = store;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_accounts_for_every_line()
    {
        var ingest = _store.TrainReport["ingest"]!;
        Assert.Equal(_store.Lines.Length - 1, (long)ingest["lines_read"]!);
        Assert.Equal(
            (long)ingest["lines_read"]!,
            (long)ingest["accepted"]! + (long)ingest["merged"]! + (long)ingest["returned"]! + (long)ingest["rejected"]!);
        Assert.True((double)_store.TrainReport["train_seconds"]! >= 0);
    }

    [Fact]
    public async Task Recommend_writes_the_contracts_columns_best_first()
    {
        var customers = _folder.Write("customers.csv", "customer_id,as_of\n" + string.Concat(_store.Customers.Take(5).Select(id => $"{id},\n")) + "nobody,2025-01-01\n");
        await ToolRun.Succeed("recommend", "--model", _store.Model, "--customers", customers, "--count", "7", "--output", _folder["out.csv"]);
        var rows = Csv.Read(_folder["out.csv"], "customer_id,rank,product_id,probability,reason,evidence");
        Assert.Equal([.. _store.Customers.Take(5), "nobody"], rows.Select(row => row[0]).Distinct());
        foreach (var list in rows.GroupBy(row => row[0]))
        {
            Assert.Equal(Enumerable.Range(1, 7).Select(rank => rank.ToString(CultureInfo.InvariantCulture)), list.Select(row => row[1]));
            var probabilities = list.Select(row => double.Parse(row[3], CultureInfo.InvariantCulture)).ToArray();
            Assert.All(probabilities, p => Assert.InRange(p, 0, 1));
            Assert.Equal(probabilities.OrderDescending(), probabilities);
            Assert.Equal(7, list.Select(row => row[2]).Distinct().Count());
            Assert.All(list, row => Assert.NotEmpty(row[4]));
            Assert.All(list, row => Assert.Contains(row[5], (string[])["own", "product", "category", "population", "not_predictable"]));
        }
    }

    [Fact]
    public async Task Recommend_without_a_file_asks_about_every_customer_and_new_products_only_holds()
    {
        await ToolRun.Succeed("recommend", "--model", _store.Model, "--count", "3", "--new-products-only", "--output", _folder["out.csv"]);
        var rows = Csv.Read(_folder["out.csv"], "customer_id,rank,product_id,probability,reason,evidence");
        var bought = _store.Lines.Skip(1).Select(line => line.Split(',')).Select(fields => (fields[0], fields[1])).ToHashSet();
        Assert.Equal(_store.Customers.Order(StringComparer.Ordinal), rows.Select(row => row[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain(rows, row => bought.Contains((row[0], row[2])));
    }

    [Fact]
    public async Task Forecast_answers_every_pair_in_order()
    {
        var known = _store.Pairs.Take(200).ToArray();
        var pairs = _folder.Write("pairs.csv", "product_id,customer_id\n" + string.Concat(known.Select(pair => $"{pair.Product},{pair.Customer}\n")) + "nothing,nobody\n");
        await ToolRun.Succeed(
            "forecast", "--model", _store.Model, "--as-of", _store.AsOf, "--pairs", pairs, "--output", _folder["out.csv"]);
        var rows = Csv.Read(_folder["out.csv"], "customer_id,product_id,p7,p14,p30,p60,p90,due,earliest,latest,evidence");
        Assert.Equal([.. known.Select(pair => (pair.Customer, pair.Product)), ("nobody", "nothing")], rows.Select(row => (row[0], row[1])));
        foreach (var row in rows)
        {
            var curve = row[2..7].Select(p => double.Parse(p, CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(curve.Order(), curve);
            Assert.All(curve, p => Assert.InRange(p, 0, 1));
            if (row[10] == "not_predictable")
            {
                Assert.Equal(["", "", ""], row[7..10]);
                continue;
            }

            var dates = row[7..10].Select(date => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture)).ToArray();
            Assert.True(dates[1] <= dates[0] && dates[0] <= dates[2], string.Join(',', row));
            Assert.True(dates[1] >= DateOnly.ParseExact(_store.AsOf, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        Assert.Contains(rows, row => row[10] == "own");
    }

    [Fact]
    public async Task Forecast_without_a_file_asks_about_everything_that_was_bought()
    {
        await ToolRun.Succeed("forecast", "--model", _store.Model, "--as-of", _store.AsOf, "--output", _folder["all.csv"]);
        var all = Csv.Read(_folder["all.csv"], "customer_id,product_id,p7,p14,p30,p60,p90,due,earliest,latest,evidence");
        Assert.Equal(_store.Pairs.OrderBy(pair => pair.Customer, StringComparer.Ordinal).ThenBy(pair => pair.Product, StringComparer.Ordinal), all.Select(row => (row[0], row[1])));

        // As if all of them had been asked for.
        var pairs = _folder.Write("pairs.csv", "customer_id,product_id\n" + string.Concat(all.Select(row => $"{row[0]},{row[1]}\n")));
        await ToolRun.Succeed("forecast", "--model", _store.Model, "--as-of", _store.AsOf, "--pairs", pairs, "--output", _folder["named.csv"]);
        Assert.Equal(await File.ReadAllTextAsync(_folder["named.csv"]), await File.ReadAllTextAsync(_folder["all.csv"]));
    }

    [Fact]
    public async Task Due_lists_what_reaches_the_least_probability()
    {
        await ToolRun.Succeed(
            "due", "--model", _store.Model, "--from", _store.AsOf, "--days", "7", "--min-probability", "0.2", "--output", _folder["out.csv"]);
        var rows = Csv.Read(_folder["out.csv"], "customer_id,product_id,probability,due,earliest,latest,evidence,status,idempotency_key,base_product_id");
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.InRange(double.Parse(row[2], CultureInfo.InvariantCulture), 0.2, 1));
        Assert.Equal(rows.Select(row => row[0]).Distinct().Order(StringComparer.Ordinal), rows.Select(row => row[0]).Distinct());
        Assert.All(rows, row => Assert.Contains(row[7], (string[])["due", "late", "lapsed"]));
        Assert.All(rows, row => Assert.Matches("^[0-9a-f]{32}$", row[8]));
        Assert.Equal(rows.Count, rows.Select(row => row[8]).Distinct().Count());
    }

    [Fact]
    public async Task Due_obeys_caps_subscriptions_and_lead_days()
    {
        string[] asked = ["due", "--model", _store.Model, "--from", _store.AsOf, "--days", "14", "--min-probability", "0.05"];
        var all = await Rows("all.csv");
        var first = all[0];
        await File.WriteAllTextAsync(_folder["subscribed.csv"], $"customer_id,product_id\n{first[0]},{first[1]}\n");
        Assert.DoesNotContain(await Rows("some.csv", "--subscriptions", _folder["subscribed.csv"]), row => row[8] == first[8]);
        var capped = await Rows("capped.csv", "--most-per-customer", "1");
        Assert.Equal(all.Select(row => row[0]).Distinct(), capped.Select(row => row[0]));
        Assert.Equal(all.Where(row => row[7] != "due"), await Rows("late.csv", "--statuses", "Lapsed, late,late"));
        var early = await Rows("early.csv", "--lead-days", "30");
        Assert.NotEqual(all.Select(row => row[2]), early.Select(row => row[2]));
        foreach (var wrong in (string[][])[["--lead-days", "366"], ["--most-per-customer", "0"], ["--statuses", "due,soon"], ["--statuses", ""]])
            Assert.Equal(2, (await ToolRun.Of([.. asked, .. wrong, "--output", _folder["none.csv"]])).ExitCode);

        async Task<List<string[]>> Rows(string name, params string[] more)
        {
            await ToolRun.Succeed([.. asked, .. more, "--output", _folder[name]]);
            return Csv.Read(_folder[name], "customer_id,product_id,probability,due,earliest,latest,evidence,status,idempotency_key,base_product_id");
        }
    }

    [Fact]
    public async Task Evaluate_shows_the_library_below_its_baselines()
    {
        var run = await ToolRun.Succeed(
            "evaluate", _store.Log, "--protocol", "replenishment", "--as-of", _store.EarlierAsOf, "--horizons", "14,30", "--json", _folder["r.json"]);
        Assert.Contains("14 days", run.Output, StringComparison.Ordinal);
        Assert.Contains("Poisson-gamma rate", run.Output, StringComparison.Ordinal);
        var tables = JsonNode.Parse(File.ReadAllText(_folder["r.json"]))!["tables"]!.AsArray();
        Assert.Equal(["14 days", "30 days"], tables.Select(table => (string)table!["title"]!));
        Assert.All(tables, table => Assert.Equal("PostPurchase.Recommend", (string)table!["rows"]!.AsArray()[^1]!["method"]!));
        Assert.True((long)tables[0]!["sample_sizes"]!["queries"]! > 100);
    }

    [Fact]
    public async Task Evaluate_holds_out_last_baskets()
    {
        var run = await ToolRun.Succeed("evaluate", _store.Log, "--protocol", "next-basket", "--json", "-");
        var rows = JsonNode.Parse(run.Output)!["tables"]![0]!["rows"]!.AsArray();
        Assert.Equal(6, rows.Count);
        Assert.InRange((double)rows[^1]!["metrics"]!["recall@10"]!["value"]!, 0.01, 1);
        Assert.NotNull(rows[^1]!["metrics"]!["recall@10"]!["low"]);
    }

    [Theory]
    [InlineData("--protocol", "next-basket", "--truth", "MORE", "--customers", "CUSTOMERS")]
    [InlineData("--protocol", "ranking", "--test", "MORE", "--factors", "2")]
    [InlineData("--protocol", "replenishment", "--as-of", "2024-10-01", "--horizons", "14")]
    [InlineData("--protocol", "customer-level")]
    public async Task Evaluate_reports_the_lines_it_leaves_out_of_every_log(params string[] args)
    {
        var log = _folder.Write("log.csv", string.Join('\n', [_store.Lines[0], "a,p,soon,1", .. _store.Lines[1..]]));
        var pairs = _store.Pairs.ToHashSet();
        var customer = pairs.First().Customer;
        var notYet = pairs.First(pair => !pairs.Contains((customer, pair.Product))).Product;
        var more = _folder.Write("more.csv", $"{_store.Lines[0]}\n{customer},{notYet},2024-12-01,1\na,p,2024-12-01,many\n");
        var customers = _folder.Write("customers.csv", $"customer_id,as_of\n{customer},2024-12-01\n");
        var run = await ToolRun.Of(
            ["evaluate", log, "--skip-malformed", "--json", "-", .. args.Select(arg => arg == "MORE" ? more : arg == "CUSTOMERS" ? customers : arg)]);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("{", run.Output, StringComparison.Ordinal);
        Assert.StartsWith($"{log}: {_store.Lines.Length:N0} lines read: ", run.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains("  line 2: timestamp 'soon' is no ISO 8601 date or date-time", run.ErrorLines);
        var isMoreRead = args.Contains("MORE");
        Assert.Equal(isMoreRead, run.ErrorLines.Any(line => line.StartsWith($"{more}: 2 lines read: ", StringComparison.Ordinal)));
        Assert.Equal(isMoreRead, run.ErrorLines.Contains("  line 3: quantity 'many' is no finite number"));
        Assert.Equal(isMoreRead ? 2 : 1, run.ErrorLines.Count(line => line.Contains(" lines read: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Evaluate_measures_visits_in_logs_without_products()
    {
        var visits = _store.Lines.Select((line, i) => i == 0 ? "customer_id,date" : $"{line.Split(',')[0]},{line.Split(',')[2]}");
        var log = _folder.Write("visits.csv", string.Join('\n', visits));
        var run = await ToolRun.Succeed("evaluate", log, "--protocol", "customer-level", "--json", "-");
        var rows = JsonNode.Parse(run.Output)!["tables"]![0]!["rows"]!.AsArray();
        Assert.Equal("PostPurchase.Recommend", (string)rows[^1]!["method"]!);
        Assert.True((double)rows[^1]!["metrics"]!["mean_absolute_error"]!["value"]! > 0);
    }
}
