using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace PostPurchase.Recommend.Tool.Tests;

/// <summary>Visits are told from a log as every other command reads it, be it a file or a query, and from one that names no products.</summary>
public sealed class CustomerLevelTests : IDisposable
{
    private const string Header = "customer_id,product_id,timestamp,quantity,unit_price,event_type\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("c{0},p,{1},1,2,view")]
    [InlineData("c{0},gift,{1},1,0,purchase")]
    [InlineData("c{0},POST,{1},1,2,purchase")]
    [InlineData("c{0},q,{1} 10:00:00 UTC,1,2,purchase\nc{0},q,{1} 12:00:00 UTC,-1,2,return")]
    [InlineData(",p,{1},1,2,purchase")]
    public async Task What_is_no_purchase_is_no_visit(string line)
    {
        // The gaps between purchases are 20 days; what is no visit lies between them.
        string[] purchases = [.. Enumerable.Range(0, 120).Select(i => $"c{i % 12},p,{Day((i / 12 * 20) + (i % 12))},1,2,purchase")];
        string[] others = [.. Enumerable.Range(0, 120).Select(i => string.Format(CultureInfo.InvariantCulture, line, i % 12, Day((i / 12 * 20) + (i % 12) + 7)))];
        var clean = await Measure(_folder.Write("clean.csv", Header + string.Join('\n', purchases)));
        var log = _folder.Write("log.csv", Header + string.Join('\n', [.. purchases, .. others]));
        Assert.Equal(clean, await Measure(log, "--exclude-products", "POST"));
        Assert.Equal(clean, await Measure("--sqlite", Database(log), "--query", "select * from log", "--exclude-products", "POST"));
    }

    [Theory]
    [InlineData("select customer_id, timestamp from log")]
    [InlineData("select customer_id, timestamp as date, quantity from log")]
    public async Task Products_need_no_names(string query)
    {
        string[] purchases = [.. Enumerable.Range(0, 120).Select(i => $"c{i % 12},p{i % 5},{Day((i / 12 * 20) + (i % 12) + (i % 3))} 10:00:00 UTC,1,2,purchase")];
        var named = _folder.Write("named.csv", Header + string.Join('\n', purchases));
        var expected = await Measure(named);
        Assert.Equal(expected, await Measure("--sqlite", Database(named), "--query", query));
        Assert.Equal(expected, await Measure(_folder.Write(
            "visits.csv", "Date,USER_ID\n" + string.Join('\n', purchases.Select(line => line.Split(',')).Select(fields => $"{fields[2]},{fields[0]}")))));
        // Returns that do not say of what cancel nothing.
        Assert.Equal(expected, await Measure(_folder.Write(
            "returns.csv", "date,customer_id,quantity\n" + string.Join('\n', purchases.Select(line => line.Split(',')).Select(fields => $"{fields[2]},{fields[0]},1\n{fields[2]},{fields[0]},-1")))));
    }

    [Theory]
    [InlineData("customer_id,date\na,2026-01-01\na,soon\n", 3, "timestamp 'soon' is no ISO 8601 date or date-time")]
    [InlineData("customer_id,date,quantity\na,2026-01-01,1e12\n", 2, "quantity 1000000000000 is no finite number of at most 1000000000")]
    [InlineData("customer_id,date,quantity\na,2026-01-01,\"1,000\"\n", 2, "quantity '1,000' is no finite number")]
    public async Task Malformed_visits_are_told_by_line(string text, int line, string reason)
    {
        var log = _folder.Write("log.csv", text);
        var run = await ToolRun.Of("evaluate", log, "--protocol", "customer-level");
        Assert.Equal((2, $"postpurchase: {log}, line {line}: {reason}"), (run.ExitCode, Assert.Single(run.ErrorLines)));
    }

    [Fact]
    public async Task Products_cannot_be_left_out_of_a_log_that_names_none()
    {
        var log = _folder.Write("log.csv", "customer_id,date\na,2026-01-01\n");
        var run = await ToolRun.Of("evaluate", log, "--protocol", "customer-level", "--exclude-products", "POST");
        Assert.Equal((2, $"postpurchase: {log}, line 1: column 'product_id' missing; found 'customer_id', 'date'"), (run.ExitCode, Assert.Single(run.ErrorLines)));
    }

    private static async Task<string> Measure(params string[] args)
    {
        var run = await ToolRun.Succeed(["evaluate", .. args, "--protocol", "customer-level", "--json", "-"]);
        Assert.Equal(12, (int)JsonNode.Parse(run.Output)!["tables"]![0]!["sample_sizes"]!["customers"]!);
        return run.Output;
    }

    private static string Day(int day) => new DateOnly(2025, 1, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The lines of a log in a table of the same columns.</summary>
    private string Database(string log)
    {
        var lines = File.ReadAllLines(log);
        using var connection = new SqliteConnection($"Data Source={_folder["shop.db"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"create table log ({lines[0]}); insert into log values "
            + string.Join(',', lines.Skip(1).Select(line => "(" + string.Join(',', line.Split(',').Select(field => $"'{field}'")) + ")"));
        command.ExecuteNonQuery();
        return _folder["shop.db"];
    }
}
