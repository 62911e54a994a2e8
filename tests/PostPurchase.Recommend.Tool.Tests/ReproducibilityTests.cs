namespace PostPurchase.Recommend.Tool.Tests;

/// <summary>The same lines give the same bytes, and the future gives none.</summary>
public sealed class ReproducibilityTests : IDisposable
{
    private const string Cut = "2024-09-01";

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _lines = TrainedStore.Simulate(customers: 30, days: 300);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Threads_and_the_order_of_lines_change_no_byte_of_the_model()
    {
        var shuffled = _lines[1..];
        new Random(5).Shuffle(shuffled);
        var one = _folder.Write("one.csv", string.Join('\n', _lines));
        var two = _folder.Write("two.csv.gz", TemporaryFolder.Gzip(string.Join('\n', [_lines[0], .. shuffled])));
        await ToolRun.Succeed("train", one, "--model", _folder["1"], "--threads", "1", "--seed", "3");
        await ToolRun.Succeed("train", two, "--model", _folder["2"], "--threads", "2", "--seed", "3");
        Assert.Equal(File.ReadAllBytes(_folder["1"]), File.ReadAllBytes(_folder["2"]));
    }

    [Fact]
    public async Task Lines_on_or_after_until_change_no_byte_of_model_lists_and_forecasts()
    {
        var past = _lines[1..].Where(line => IsPast(line)).ToArray();
        // The future as it was, and one that is quite different: other days, other products, other customers.
        string[] future = [.. _lines[1..].Where(line => !IsPast(line)).Select((line, i) => Change(line, i)), "stranger,novelty,2024-09-01,3"];
        await Train("as-it-was", _lines);
        await Train("changed", [_lines[0], .. past, .. future]);
        await Train("unknown", [_lines[0], .. past]);
        foreach (var file in (string[])["model", "lists.csv", "forecasts.csv", "due.csv"])
        {
            var expected = File.ReadAllBytes(_folder["unknown-" + file]);
            Assert.Equal(expected, File.ReadAllBytes(_folder["as-it-was-" + file]));
            Assert.Equal(expected, File.ReadAllBytes(_folder["changed-" + file]));
        }
    }

    [Fact]
    public async Task Lines_on_or_after_as_of_change_no_list_and_no_forecast_of_a_customer_in_the_model()
    {
        // Same model, later question: what the model knows of the days after as-of must not show.
        var log = _folder.Write("log.csv", string.Join('\n', _lines));
        await ToolRun.Succeed("train", log, "--model", _folder["model"]);
        var customer = _lines[1].Split(',')[0];
        var customers = _folder.Write("customers.csv", $"customer_id,as_of\n{customer},2024-01-01\nnobody,2024-01-01\n");
        await ToolRun.Succeed("recommend", "--model", _folder["model"], "--customers", customers, "--output", _folder["out.csv"]);
        var rows = Csv.Read(_folder["out.csv"], "customer_id,rank,product_id,probability,reason,evidence");
        // Before the first line of the log every customer is a stranger.
        Assert.Equal(
            rows.Where(row => row[0] == "nobody").Select(row => string.Join(',', row[1..])),
            rows.Where(row => row[0] == customer).Select(row => string.Join(',', row[1..])));
    }

    private async Task Train(string name, string[] lines)
    {
        var log = _folder.Write(name + ".csv", string.Join('\n', lines));
        var model = _folder[name + "-model"];
        var pairs = _folder.Write("pairs.csv", "customer_id,product_id\n" + string.Concat(
            _lines[1..].Where(line => IsPast(line) && line[0] != ',').Take(300).Select(line => string.Join(',', line.Split(',')[..2]) + "\n")));
        await ToolRun.Succeed("train", log, "--model", model, "--until", Cut);
        await ToolRun.Succeed("recommend", "--model", model, "--output", _folder[name + "-lists.csv"]);
        await ToolRun.Succeed("forecast", "--model", model, "--as-of", Cut, "--pairs", pairs, "--output", _folder[name + "-forecasts.csv"]);
        await ToolRun.Succeed("due", "--model", model, "--from", Cut, "--days", "14", "--output", _folder[name + "-due.csv"]);
    }

    private static bool IsPast(string line) => string.CompareOrdinal(line.Split(',')[2][..10], Cut) < 0;

    private static string Change(string line, int i)
    {
        var fields = line.Split(',');
        return $"{fields[0]},{(i % 3 == 0 ? "novelty" : fields[1])},{(i % 2 == 0 ? "2024-09-02" : fields[2])},{(i % 7) + 1}";
    }
}
