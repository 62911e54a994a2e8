using System.Text;

namespace PostPurchase.Recommend.Tool.Tests;

/// <summary>Bad input: one line on standard error naming file, line and reason, exit code 2, and no output file.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Header = "customer_id,product_id,timestamp,quantity\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("customer_id,timestamp\na,2026-01-01\n", 1, "product_id")]
    [InlineData("", 0, "empty")]
    [InlineData(Header, 0, "no lines")]
    [InlineData(Header + "a,p,2026-01-01,1\na,p,soon,1\n", 3, "soon")]
    [InlineData(Header + "a,p,2026-01-01,1\na,p,2026-02-30,1\n", 3, "2026-02-30")]
    [InlineData(Header + "a,p,2026-01-01,NaN\n", 2, "NaN")]
    [InlineData(Header + "a,p,2026-01-01,1\na,p,2026-01-01,Infinity\n", 3, "Infinity")]
    [InlineData(Header + "a,p,2026-01-01,1e999\n", 2, "1e999")]
    public Task A_malformed_log(string text, int line, string reason) => Refuses(_folder.Write("log.csv", text), line, reason);

    [Fact]
    public Task Gzip_that_is_cut_off()
    {
        var random = new Random(1);
        var lines = Enumerable.Range(0, 5000).Select(_ => $"c{random.Next()},p{random.Next()},2026-01-01,1\n");
        var packed = TemporaryFolder.Gzip(Header + string.Concat(lines));
        return Refuses(_folder.Write("log.csv.gz", packed[..(packed.Length / 2)]), null, "gzip");
    }

    [Fact]
    public Task Gzip_with_a_flipped_byte()
    {
        var random = new Random(2);
        var packed = TemporaryFolder.Gzip(Header + string.Concat(Enumerable.Range(0, 5000).Select(_ => $"c{random.Next()},p,2026-01-01,1\n")));
        packed[packed.Length / 2] ^= 0x55;
        return Refuses(_folder.Write("log.csv.gz", packed), null, "");
    }

    [Fact]
    public Task A_line_of_ten_megabytes() =>
        Refuses(_folder.Write("log.csv", Header + "a,p,2026-01-01,1\na," + new string('p', 10_000_000) + ",2026-01-01,1\n"), 3, "longer");

    [Fact]
    public Task A_quote_that_is_never_closed() =>
        Refuses(_folder.Write("log.csv", Header + "a,\"p,2026-01-01,1\n" + string.Concat(Enumerable.Repeat("a,p,2026-01-01,1\n", 100_000))), 2, "longer");

    [Fact]
    public Task Text_in_another_encoding() =>
        Refuses(_folder.Write("log.csv", Encoding.Latin1.GetBytes(Header + "a,caf\u00e9,2026-01-01,1\n")), 2, "UTF-8");

    [Fact]
    public Task A_missing_file() => Refuses(_folder["absent.csv"], 0, "does not exist");

    [Fact]
    public Task A_folder_instead_of_a_file() => Refuses(Directory.CreateDirectory(_folder["log.csv"]).FullName, 0, "");

    [Fact]
    public async Task Only_lines_that_are_no_purchases()
    {
        var log = _folder.Write("log.csv", Header + ",p,2026-01-01,1\na,p,2026-01-01,-1\n");
        await RefusesCommand(log, 0, "no purchase", "train", log, "--model", _folder["model"]);
        await RefusesCommand(log, 0, "no interaction", "factorize", log, "--output", _folder["f.csv"]);
    }

    [Fact]
    public async Task A_model_file_that_is_none()
    {
        var model = _folder.Write("model", "not a model at all, but long enough to hold a header and a footer of one, or so one may hope");
        await RefusesCommand(model, 0, "", "recommend", "--model", model, "--output", _folder["out.csv"]);
        Assert.Equal(["model"], _folder.Files);
    }

    [Theory]
    [InlineData("No customer has a held-out basket.", "--protocol", "next-basket")]
    [InlineData("No customer has two intervals between visits.", "--protocol", "customer-level")]
    [InlineData("The log ends on 2026-01-02, before 30 days after 2026-01-02 have passed.", "--protocol", "replenishment", "--as-of", "2026-01-02", "--horizons", "30")]
    public async Task A_log_that_leaves_nothing_to_measure(string reason, params string[] args)
    {
        var log = _folder.Write("log.csv", Header + "a,p,2026-01-01,1\nb,p,2026-01-02,1\n");
        var run = await ToolRun.Of(["evaluate", log, .. args]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal($"postpurchase: {log}: {reason}", Assert.Single(run.ErrorLines));
    }

    [Fact]
    public void Days_and_horizons_that_are_named_twice_are_asked_about_once()
    {
        var options = new Commands.EvaluateOptions();
        var command = new System.CommandLine.Command("evaluate");
        options.AddTo(command);
        var parsed = command.Parse(["log.csv", "--protocol", "replenishment", "--as-of", "2026-01-01,2026-02-01,2026-01-01", "--horizons", "30,14,30"]);
        Assert.Equal([new DateOnly(2026, 1, 1), new DateOnly(2026, 2, 1)], parsed.GetValue(options.AsOf)!);
        Assert.Equal([30, 14], parsed.GetValue(options.Horizons)!);
    }

    [Fact]
    public async Task A_missing_model_file() => await RefusesCommand(
        _folder["absent"], 0, "does not exist", "recommend", "--model", _folder["absent"], "--output", _folder["out.csv"]);

    [Fact]
    public async Task An_output_in_a_folder_that_does_not_exist()
    {
        var log = _folder.Write("log.csv", Header + "a,p,2026-01-01,1\n");
        var model = Path.Combine(_folder["absent"], "model");
        await RefusesCommand(model, 0, "folder", "train", log, "--model", model);
    }

    [Theory]
    [InlineData("train", "log.csv", "--model", "./log.csv")]
    [InlineData("train", "log.csv", "--model", "link")]
    [InlineData("train", "log.csv", "--model", "folder/log.csv")]
    [InlineData("train", "folder/log.csv", "--model", "log.csv")]
    [InlineData("train", "log.csv", "--model", "folder/link")]
    [InlineData("train", "log.csv", "--model", "m", "--json", "log.csv")]
    [InlineData("train", "log.csv", "--model", "m", "--exclude-products", "@customers.csv", "--json", "customers.csv")]
    [InlineData("factorize", "log.csv", "--output", "log.csv")]
    [InlineData("factorize", "--sqlite", "log.csv", "--query", "q", "--output", "log.csv")]
    [InlineData("recommend", "--model", "model", "--output", "model")]
    [InlineData("recommend", "--model", "model", "--customers", "customers.csv", "--output", "customers.csv")]
    [InlineData("forecast", "--model", "model", "--as-of", "2026-01-01", "--pairs", "pairs.csv", "--output", "pairs.csv")]
    [InlineData("due", "--model", "model", "--from", "2026-01-01", "--days", "7", "--subscriptions", "pairs.csv", "--output", "pairs.csv")]
    [InlineData("evaluate", "log.csv", "--protocol", "next-basket", "--truth", "pairs.csv", "--customers", "customers.csv", "--json", "pairs.csv")]
    public async Task A_result_in_the_place_of_what_is_read(params string[] args)
    {
        foreach (var name in (string[])["log.csv", "model", "customers.csv", "pairs.csv"])
            _folder.Write(name, "precious " + name);
        File.CreateSymbolicLink(_folder["link"], _folder["log.csv"]);
        Directory.CreateSymbolicLink(_folder["folder"], Path.GetDirectoryName(_folder["log.csv"])!);
        var run = await ToolRun.Of([.. args.Select(InFolder)]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("destroy", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(["customers.csv", "link", "log.csv", "model", "pairs.csv"], _folder.Files);
        foreach (var name in (string[])["log.csv", "model", "customers.csv", "pairs.csv"])
            Assert.Equal("precious " + name, File.ReadAllText(_folder[name]));

        string InFolder(string arg) => arg.StartsWith('@') ? "@" + _folder[arg[1..]]
            : arg.Contains('.', StringComparison.Ordinal) || arg is "link" or "folder/link" or "model" or "m" ? _folder[arg] : arg;
    }

    [Fact]
    public async Task Two_results_in_one_place()
    {
        var log = _folder.Write("log.csv", Header + "a,p,2026-01-01,1\n");
        await RefusesCommand(_folder["out"], 0, "two results", "train", log, "--model", _folder["out"], "--json", _folder["out"]);
        await RefusesCommand("-", 0, "two results", "factorize", log, "--output", "-", "--json", "-");
        Directory.CreateSymbolicLink(_folder["same"], Path.GetDirectoryName(log)!);
        await RefusesCommand(_folder["same/out"], 0, "two results", "train", log, "--model", _folder["out"], "--json", _folder["same/out"]);
    }

    [Fact]
    public async Task An_output_that_is_a_folder()
    {
        var log = _folder.Write("log.csv", Header + "a,p,2026-01-01,1\n");
        var model = Directory.CreateDirectory(_folder["model"]).FullName;
        await RefusesCommand(model, 0, "folder", "train", log, "--model", model);
    }

    [Theory]
    [InlineData("--frobnicate", "train", "log.csv", "--model", "m", "--frobnicate")]
    [InlineData("reckon", "reckon")]
    [InlineData("command")]
    [InlineData("--model", "train", "log.csv")]
    [InlineData("ORDERS", "train", "--model", "m")]
    [InlineData("ORDERS", "train", "log.csv", "--sqlite", "s", "--query", "q", "--model", "m")]
    [InlineData("--query", "train", "--sqlite", "s", "--model", "m")]
    [InlineData("--query", "train", "log.csv", "--query", "q", "--model", "m")]
    [InlineData("--until: '2026-13-01' is no date", "train", "log.csv", "--model", "m", "--until", "2026-13-01")]
    [InlineData("--as-of: 'soon' is no date", "recommend", "--model", "m", "--as-of", "soon", "--output", "o")]
    [InlineData("--as-of: 'x' is no date", "evaluate", "log.csv", "--protocol", "replenishment", "--as-of", "2026-01-01,x")]
    [InlineData("--model - is no file", "recommend", "--model", "-", "--output", "o")]
    [InlineData("--customers - is no file", "recommend", "--model", "m", "--customers", "-", "--output", "o")]
    [InlineData("--pairs - is no file", "forecast", "--model", "m", "--as-of", "2026-01-01", "--pairs", "-", "--output", "o")]
    [InlineData("--groups - is no file", "forecast", "--model", "m", "--as-of", "2026-01-01", "--groups", "-", "--output", "o")]
    [InlineData("--subscriptions - is no file", "due", "--model", "m", "--from", "2026-01-01", "--days", "7", "--subscriptions", "-", "--output", "o")]
    [InlineData("--test - is no file", "evaluate", "-", "--protocol", "ranking", "--test", "-")]
    [InlineData("--truth - is no file", "evaluate", "-", "--protocol", "next-basket", "--truth", "-", "--customers", "c")]
    [InlineData("--catalog - is no file", "train", "-", "--model", "m", "--catalog", "-")]
    [InlineData("'many' for option '--threads' as a whole number.", "train", "log.csv", "--model", "m", "--threads", "many")]
    [InlineData("'-1' for option '--seed' as a whole number of zero or more.", "train", "log.csv", "--model", "m", "--seed", "-1")]
    [InlineData("'x' for option '--min-probability' as a number.", "due", "--model", "m", "--from", "2026-01-01", "--days", "7", "--min-probability", "x", "--output", "o")]
    [InlineData("ORDERS", "train", "", "--model", "m")]
    [InlineData("--model", "train", "log.csv", "--model", "")]
    [InlineData("--model -", "train", "log.csv", "--model", "-")]
    [InlineData("--json", "train", "log.csv", "--model", "m", "--json", "")]
    [InlineData("--customers", "recommend", "--model", "m", "--customers", "", "--output", "o")]
    [InlineData("--pairs", "forecast", "--model", "m", "--as-of", "2026-01-01", "--pairs", "", "--output", "o")]
    [InlineData("--count is 0 ", "recommend", "--model", "m", "--count", "0", "--output", "o")]
    [InlineData("--count is 10001 ", "recommend", "--model", "m", "--count", "10001", "--output", "o")]
    [InlineData("--min-probability is NaN ", "due", "--model", "m", "--from", "2026-01-01", "--days", "7", "--min-probability", "NaN", "--output", "o")]
    [InlineData("--min-probability is 1.1 ", "due", "--model", "m", "--from", "2026-01-01", "--days", "7", "--min-probability", "1.1", "--output", "o")]
    [InlineData("end of the calendar", "due", "--model", "m", "--from", "9999-12-30", "--days", "2", "--output", "o")]
    [InlineData("--days", "due", "--model", "m", "--from", "2026-01-01", "--days", "0", "--output", "o")]
    [InlineData("next-basket", "evaluate", "log.csv", "--protocol", "guessing")]
    [InlineData("--test", "evaluate", "log.csv", "--protocol", "ranking")]
    [InlineData("--as-of", "evaluate", "log.csv", "--protocol", "replenishment")]
    [InlineData("--customers", "evaluate", "log.csv", "--protocol", "next-basket", "--truth", "t")]
    [InlineData("--horizons: 'x' is no horizon", "evaluate", "log.csv", "--protocol", "replenishment", "--as-of", "2026-01-01", "--horizons", "14,x")]
    public async Task A_request_that_makes_no_sense(string reason, params string[] args)
    {
        var run = await ToolRun.Of(args);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(reason, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("product_id\np\n", 1, "customer_id")]
    [InlineData("customer_id,as_of\na,2026-01-01\nb,tomorrow\n", 3, "tomorrow")]
    [InlineData("customer_id,as_of\n,2026-01-01\n", 2, "customer_id is empty")]
    [InlineData("customer_id\na\n\"b\nc\n", 3, "never closed")]
    [InlineData("customer_id,as_of,Customer_ID\na,2026-01-01,b\n", 1, "column 'customer_id' appears twice")]
    public void A_malformed_file_of_customers(string text, int line, string reason)
    {
        var file = _folder.Write("customers.csv", text);
        var error = Assert.Throws<Orders.MalformedInputException>(() => Input.CustomersFile.Read(file));
        Assert.Contains($"{file}, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("customer_id,as_of\na,2026-01-01\nb,\n", 3, "customer 'b' has no as_of")]
    [InlineData("customer_id\na\n", 2, "customer 'a' has no as_of")]
    [InlineData("customer_id,as_of\na,2026-01-01\nb,2026-01-01\na,2026-01-02\n", 4, "customer 'a' is listed twice")]
    [InlineData("customer_id,as_of\na,2026-01-32\n", 2, "as_of '2026-01-32' is no date")]
    public void Held_out_baskets_need_one_day_for_every_customer(string text, int line, string reason)
    {
        var file = _folder.Write("customers.csv", text);
        Assert.Equal($"{file}, line {line}: {reason}", Assert.Throws<Orders.MalformedInputException>(() => Input.CustomersFile.ReadDays(file)).Message);
    }

    [Fact]
    public void A_file_of_customers_whose_gzip_is_cut_off()
    {
        var random = new Random(3);
        var packed = TemporaryFolder.Gzip("customer_id\n" + string.Concat(Enumerable.Range(0, 50_000).Select(_ => $"c{random.Next()}\n")));
        var file = _folder.Write("customers.csv.gz", packed[..^4000]);
        Assert.Contains("gzip", Assert.Throws<Orders.MalformedInputException>(() => Input.CustomersFile.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Customers_are_read_in_the_order_of_the_file_with_and_without_days()
    {
        var file = _folder.Write("customers.csv.gz", TemporaryFolder.Gzip("AS_OF,Customer_Id\n2026-01-02,b\n,a\n\"2026-01-03T10:00:00\",\"c,d\"\n"));
        Assert.Equal(
            [("b", new DateOnly(2026, 1, 2)), ("a", null), ("c,d", new DateOnly(2026, 1, 3))],
            Input.CustomersFile.Read(file));
    }

    private Task Refuses(string log, int? line, string reason) =>
        RefusesCommand(log, line, reason, "train", log, "--model", _folder["model"]);

    private async Task RefusesCommand(string file, int? line, string reason, params string[] args)
    {
        var before = _folder.Files.ToArray();
        var run = await ToolRun.Of(args);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        var message = Assert.Single(run.ErrorLines);
        if (line is not null || reason.Length > 0)
            Assert.Contains(line > 0 ? $"{file}, line {line}: " : line == 0 ? $"{file}: " : "", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Files);
    }
}
