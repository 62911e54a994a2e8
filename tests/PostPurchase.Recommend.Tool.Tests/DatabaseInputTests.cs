using Microsoft.Data.Sqlite;

namespace PostPurchase.Recommend.Tool.Tests;

public sealed class DatabaseInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_query_of_sqlite_gives_the_same_bytes_as_the_file()
    {
        var database = Database();
        var csv = _folder.Write("pairs.csv", "customer_id,product_id\na,p\na,q\nb,p\n");
        await ToolRun.Succeed("factorize", csv, "--factors", "2", "--output", _folder["1.csv"]);
        await ToolRun.Succeed(
            "factorize", "--sqlite", database, "--query", "select who as customer_id, what as product_id from sales", "--factors", "2", "--output", _folder["2.csv"]);
        Assert.Equal(File.ReadAllBytes(_folder["1.csv"]), File.ReadAllBytes(_folder["2.csv"]));
    }

    [Theory]
    [InlineData("select who as customer_id from sales", "product_id")]
    [InlineData("select * from nowhere", "nowhere")]
    [InlineData("delete from sales", "")]
    [InlineData("select x'00ff' as customer_id, what as product_id from sales", "query, line 1: a value of bytes is no UTF-8 text")]
    public async Task A_query_that_gives_no_log_is_bad_input(string query, string reason)
    {
        var run = await ToolRun.Of("factorize", "--sqlite", Database(), "--query", query, "--output", _folder["f.csv"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(["shop.db"], _folder.Files);
    }

    [Fact]
    public async Task A_database_that_is_missing_is_not_created()
    {
        var run = await ToolRun.Of("factorize", "--sqlite", _folder["absent.db"], "--query", "select 1", "--output", _folder["f.csv"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("absent.db: the file does not exist", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_bad_input_and_shows_no_password()
    {
        var run = await ToolRun.Of(
            "factorize", "--postgres", "Host=127.0.0.1;Port=1;Username=u;Password=secret;Timeout=2", "--query", "select 1", "--output", _folder["f.csv"]);
        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain("secret", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense;;;=")]
    [InlineData("Password=secret;Bogus=1")]
    public async Task A_text_that_is_no_connection_is_bad_input(string connection)
    {
        var run = await ToolRun.Of("factorize", "--postgres", connection, "--query", "select 1", "--output", _folder["f.csv"]);
        Assert.Equal(2, run.ExitCode);
        var message = Assert.Single(run.ErrorLines);
        Assert.StartsWith("postpurchase: PostgreSQL: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_a_database_hands_out_as_bytes_is_text()
    {
        var csv = _folder.Write("pairs.csv", "customer_id,product_id\na,p\na,q\nb,p\n");
        await ToolRun.Succeed("factorize", csv, "--factors", "2", "--output", _folder["1.csv"]);
        await ToolRun.Succeed(
            "factorize", "--sqlite", Database(), "--query", "select cast(who as blob) as customer_id, what as product_id from sales", "--factors", "2",
            "--output", _folder["2.csv"]);
        Assert.Equal(File.ReadAllBytes(_folder["1.csv"]), File.ReadAllBytes(_folder["2.csv"]));
    }

    [Fact]
    public async Task A_query_that_is_asked_about_on_several_days_is_run_once()
    {
        // Each field in quotes of its own kind, for one holds a comma.
        var rows = Enumerable.Range(0, 200).Select(i =>
            (string[])[$"c{i % 20}", $"p, {i % 4}", $"{new DateOnly(2025, 1, 1).AddDays((i / 20 * 20) + (i % 20)):yyyy-MM-dd} 10:00", $"{(i % 3) + 1}"]).ToArray();
        var direct = _folder.Write("log.csv", "customer_id,product_id,date,quantity\n" + string.Join('\n', rows.Select(row => string.Join(',', row.Select(field => $"\"{field}\"")))));
        var database = Database("create table log (who text, what text, day text, n real, category text); insert into log values "
            + string.Join(',', rows.Select(row => $"({string.Join(',', row.Select(field => $"'{field}'"))},null)")));
        const string columns = "select who as customer_id, what as product_id, day as date, n as quantity, category from log";
        string[] args = ["--protocol", "replenishment", "--as-of", "2025-04-20,2025-05-20", "--horizons", "30", "--json", "-"];
        Assert.Equal(
            (await ToolRun.Succeed(["evaluate", direct, .. args])).Output,
            (await ToolRun.Succeed(["evaluate", "--sqlite", database, "--query", columns, .. args])).Output);
        var run = await ToolRun.Of(["evaluate", "--sqlite", database, "--query", columns + " union all select 'c', 'p', 'soon', 1, null", .. args]);
        Assert.Equal((2, "postpurchase: query, line 201: timestamp 'soon' is no ISO 8601 date or date-time"), (run.ExitCode, Assert.Single(run.ErrorLines)));
    }

    [Fact]
    public void Rows_that_are_kept_are_the_same_every_time_though_the_query_is_not()
    {
        var log = new Input.LogOptions("ORDERS");
        var command = new System.CommandLine.Command("read");
        log.AddTo(command);
        var parsed = command.Parse(["--sqlite", Database(), "--query", "select who as customer_id, hex(randomblob(8)) as product_id, '2026-01-01' as date from sales"]);
        using var spool = log.Spool(parsed, CancellationToken.None)!;
        var ingest = new Orders.IngestOptions();
        Assert.NotEqual(log.Read(parsed, ingest).ProductIds, log.Read(parsed, ingest).ProductIds);
        Assert.Equal(spool.Read(ingest).ProductIds, spool.Read(ingest).ProductIds);
        Assert.Equal(3, spool.Read(ingest).PurchaseCount);
    }

    [PostgresFact]
    public async Task A_query_of_postgres_gives_the_same_bytes_as_the_file()
    {
        var csv = _folder.Write("pairs.csv", "customer_id,product_id,timestamp,quantity\na,p,2026-01-01,2\na,q,2026-01-05T10:00:00,1\nb,p,2026-01-02,1\n");
        const string query = """
            select who as customer_id, what as product_id, "at" as "timestamp", n as quantity
            from (values ('a', 'p', timestamp '2026-01-01', 2), ('a', 'q', '2026-01-05 10:00', 1), ('b', 'p', '2026-01-02', 1)) as sales(who, what, "at", n)
            """;
        await ToolRun.Succeed("factorize", csv, "--factors", "2", "--output", _folder["1.csv"]);
        await ToolRun.Succeed(
            "factorize", "--postgres", PostgresFactAttribute.Connection!, "--query", query, "--factors", "2", "--output", _folder["2.csv"]);
        Assert.Equal(File.ReadAllBytes(_folder["1.csv"]), File.ReadAllBytes(_folder["2.csv"]));
        var run = await ToolRun.Of(
            "factorize", "--postgres", PostgresFactAttribute.Connection!, "--query", "select 1 from nowhere", "--output", _folder["3.csv"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("nowhere", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    private string Database(string sql = "create table sales (who text, what text); insert into sales values ('a', 'p'), ('a', 'q'), ('b', 'p')")
    {
        using var connection = new SqliteConnection($"Data Source={_folder["shop.db"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        return _folder["shop.db"];
    }
}
