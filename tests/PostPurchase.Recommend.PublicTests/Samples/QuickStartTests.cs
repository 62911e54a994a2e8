using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using PostPurchase.Samples;

namespace PostPurchase.Recommend.PublicTests.Samples;

/// <summary>Runs the sample as a user does, in a process of its own.</summary>
public sealed class QuickStartTests : IDisposable
{
    private const string Header = "customer_id,product_id,timestamp,quantity\n";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("quick-start");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Without_arguments_it_runs_on_the_simulated_store()
    {
        var (code, shown, errors) = await RunAsync();

        Assert.Equal("", errors);
        Assert.Equal(0, code);
        Assert.Contains("Reading the simulated store", shown, StringComparison.Ordinal);
        Assert.Contains("guest checkouts", shown, StringComparison.Ordinal);
        Assert.Matches("bought [0-9]+ times, about every [0-9]+ days, last [0-9]+ days? ago", shown);
        Assert.Matches(@"Due next week, \[2025-12-31, 2026-01-07\): [0-9,]+ purchases of [0-9,]+ customers", shown);
        Assert.Matches("due 20[0-9-]+, 80 % window", shown);
    }

    [Theory]
    [InlineData("orders.csv")]
    [InlineData("orders.csv.gz")]
    public async Task It_runs_on_any_log(string name)
    {
        var path = Path.Combine(_directory.FullName, name);
        SimulatedStore.Create(new() { Customers = 80, Days = 400, GuestShare = 0.1 }).WriteCsv(path);

        var (code, shown, errors) = await RunAsync(path);

        Assert.Equal("", errors);
        Assert.Equal(0, code);
        Assert.StartsWith($"Reading {path}", shown, StringComparison.Ordinal);
        Assert.Matches("What K[0-9]+ will want at a visit on 2025-02-04", shown);
    }

    [Fact]
    public async Task A_missing_file_is_one_line_and_exit_code_2() => await Fails(Path.Combine(_directory.FullName, "absent.csv"), "absent.csv");

    [Fact]
    public async Task A_directory_is_one_line_and_exit_code_2() => await Fails(_directory.FullName, "");

    [Fact]
    public async Task An_empty_file_is_one_line_and_exit_code_2() => await Fails(Write("empty.csv", ""), "empty.csv");

    [Fact]
    public async Task A_header_without_lines_is_one_line_and_exit_code_2() => await Fails(Write("header.csv", Header), "header.csv");

    [Fact]
    public async Task A_missing_column_is_one_line_and_exit_code_2() =>
        await Fails(Write("column.csv", "customer_id,timestamp\nA,2025-01-01\n"), "product_id");

    [Fact]
    public async Task A_date_that_is_no_date_is_one_line_and_exit_code_2() =>
        await Fails(Write("date.csv", Header + "A,P,2025-01-01,1\nA,P,soon,1\n"), "date.csv");

    [Fact]
    public async Task An_infinite_quantity_is_one_line_and_exit_code_2() =>
        await Fails(Write("quantity.csv", Header + "A,P,2025-01-01,Infinity\n"), "quantity.csv");

    [Fact]
    public async Task A_log_of_guests_and_returns_is_one_line_and_exit_code_2() =>
        await Fails(Write("guests.csv", Header + ",P,2025-01-01,1\nA,P,2025-01-01,-1\n"), "guests.csv: there is no purchase");

    [Fact]
    public async Task A_broken_gzip_is_one_line_and_exit_code_2()
    {
        var path = Path.Combine(_directory.FullName, "broken.csv.gz");
        using (var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest))
            packed.Write(Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Range(0, 5000).Select(i => $"A{i * 7919 % 5003},P{i},2025-01-01,1\n"))));
        using (var file = File.OpenWrite(path))
            file.SetLength(file.Length / 2);

        await Fails(path, "broken.csv.gz");
    }

    [Fact]
    public async Task Two_arguments_are_one_too_many()
    {
        var (code, _, errors) = await RunAsync("a.csv", "b.csv");

        Assert.Equal(2, code);
        Assert.StartsWith("usage: QuickStart", errors, StringComparison.Ordinal);
    }

    [RealDataFact("online-retail-ii/orders.csv.gz")]
    public async Task It_accounts_for_every_line_of_a_real_log()
    {
        var (code, shown, errors) = await RunAsync(Path.Combine(Repository.Data, "online-retail-ii", "orders.csv.gz"));

        Assert.Equal("", errors);
        Assert.Equal(0, code);
        Assert.Contains("1,044,847 lines = ", shown, StringComparison.Ordinal);
        foreach (var reason in new[] { "guest checkouts", "price zero or below" })
            Assert.Contains($"left out, {reason}:", shown, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Shown, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "QuickStart.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var shown = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await shown, await errors);
    }

    private static async Task Fails(string path, string named)
    {
        var (code, _, errors) = await RunAsync(path);

        Assert.Equal(2, code);
        Assert.Contains(named, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd('\n', '\r').Split('\n'));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
