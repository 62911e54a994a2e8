namespace PostPurchase.Recommend.Tool.Tests;

/// <summary>Logs that come through pipes, for commands that read them once and for the one that reads them again for every day of asking.</summary>
public sealed class PipedLogTests : IDisposable
{
    private const string Evaluate = "evaluate --protocol replenishment --as-of 2025-05-01,2025-05-20 --horizons 30";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ShellFact]
    public async Task A_log_gives_the_same_from_a_file_a_pipe_and_a_query()
    {
        var lines = Enumerable.Range(0, 200).Select(i => $"c{i % 20},p{i % 4},{new DateOnly(2025, 1, 1).AddDays((i / 20 * 20) + (i % 20)):yyyy-MM-dd},2,\"a \"\"fine\"\" thing, no {i % 4}\"\n");
        _folder.Write("log.csv", "customer_id,product_id,timestamp,quantity,category\n" + string.Concat(lines));
        var run = await Shell.Run($"""
            set -e
            cd '{_folder[""]}'
            gzip -k log.csv
            export TMPDIR=$PWD/kept
            mkdir kept
            postpurchase {Evaluate} log.csv --json file.json > /dev/null
            postpurchase {Evaluate} - --json standard.json < log.csv > /dev/null
            postpurchase {Evaluate} <(cat log.csv.gz) --json pipe.json > /dev/null
            cat log.csv | postpurchase factorize - --factors 2 --output - > standard.csv
            postpurchase factorize log.csv --factors 2 --output file.csv
            ls -A kept
            """);
        Assert.Equal((0, "", ""), (run.ExitCode, run.Error, run.Output));
        foreach (var name in (string[])["standard", "pipe"])
            Assert.Equal(File.ReadAllText(_folder["file.json"]), File.ReadAllText(_folder[name + ".json"]));
        Assert.Equal(File.ReadAllText(_folder["file.csv"]), File.ReadAllText(_folder["standard.csv"]));
    }

    [ShellFact]
    public async Task What_is_wrong_with_standard_input_is_told_by_line()
    {
        var run = await Shell.Run($"""
            printf 'customer_id,product_id,date\na,p,soon\n' | postpurchase train - --model '{_folder["m"]}'
            printf 'customer_id,product_id,date\na,p,soon\n' | postpurchase {Evaluate} -
            postpurchase {Evaluate} - < /dev/null
            cp /dev/null '{_folder["log"]}'
            postpurchase train - --model '{_folder["log"]}' < '{_folder["log"]}'
            """);
        const string reason = "postpurchase: standard input, line 2: timestamp 'soon' is no ISO 8601 date or date-time";
        Assert.Equal(
            [reason, reason, "postpurchase: standard input: the file is empty", $"postpurchase: {_folder["log"]}: the file is read, and writing to it would destroy it"],
            run.ErrorLines);
        Assert.Equal(2, run.ExitCode);
    }
}
