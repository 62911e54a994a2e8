using PostPurchase.Recommend.Tool.Output;

namespace PostPurchase.Recommend.Tool.Tests;

public sealed class OutputFileTests : IDisposable
{
    private static readonly ToolConsole Nowhere = new(TextWriter.Null, TextWriter.Null, IsInteractive: false);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_failure_while_writing_leaves_the_old_file_and_nothing_else()
    {
        var path = _folder.Write("out.csv", "old");
        Assert.Throws<InvalidOperationException>(() => OutputFile.WriteText(path, Nowhere, text =>
        {
            text.Write(new string('x', 1 << 20));
            throw new InvalidOperationException();
        }, CancellationToken.None));
        Assert.Equal(["out.csv"], _folder.Files);
        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void A_disk_that_is_full_is_told_of_the_file_that_was_asked_for()
    {
        var path = _folder["out.csv"];
        var error = Assert.Throws<BadInputException>(() => OutputFile.WriteText(path, Nowhere, _ => throw new IOException("No space left on device"), CancellationToken.None));
        Assert.Equal($"{path}: the file cannot be written: No space left on device", error.Message);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void A_complete_file_takes_the_place_of_the_old_one()
    {
        var path = _folder.Write("out.csv", "old");
        OutputFile.WriteText(path, Nowhere, text => text.WriteLine("n\u00e9w"), CancellationToken.None);
        Assert.Equal(["out.csv"], _folder.Files);
        Assert.Equal("n\u00e9w\n"u8.ToArray(), File.ReadAllBytes(path));
    }

    [Fact]
    public void A_link_keeps_pointing_to_the_file_it_pointed_to()
    {
        var target = _folder.Write("target", "old");
        File.CreateSymbolicLink(_folder["link"], target);
        OutputFile.WriteText(_folder["link"], Nowhere, text => text.Write("new"), CancellationToken.None);
        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal(target, File.ResolveLinkTarget(_folder["link"], returnFinalTarget: true)!.FullName);
    }

    [Fact]
    public void Checking_leaves_nothing_behind()
    {
        OutputFile.Check(_folder["out.csv"]);
        Assert.Empty(_folder.Files);
        Assert.Throws<BadInputException>(() => OutputFile.Check(Path.Combine(_folder["absent"], "out.csv")));
    }

    [Fact]
    public void A_link_to_what_is_not_there_yet_is_kept()
    {
        File.CreateSymbolicLink(_folder["link"], "target");
        OutputFile.WriteText(_folder["link"], Nowhere, text => text.Write("new"), CancellationToken.None);
        Assert.Equal("new", File.ReadAllText(_folder["target"]));
        Assert.Equal("target", new FileInfo(_folder["link"]).LinkTarget);
    }

    [ShellFact]
    public async Task A_pipe_is_written_to_and_stays_one()
    {
        var pipe = _folder["pipe"];
        Assert.Equal(0, (await Shell.Run($"mkfifo '{pipe}'")).ExitCode);
        OutputFile.Check([pipe], []);
        var read = Task.Run(() => File.ReadAllText(pipe));
        OutputFile.WriteText(pipe, Nowhere, text => text.Write("new"), CancellationToken.None);
        Assert.Equal("new", await read.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(FileKind.Special, FileStatus.Of(pipe).Kind);
        Assert.Equal(["pipe"], _folder.Files);
        Assert.Throws<BadInputException>(() => OutputFile.Check([pipe, pipe], []));
    }

    [ShellFact]
    public void What_lies_below_the_devices_and_is_a_file_is_written_like_any_other()
    {
        using var memory = new TemporaryFolder("/dev/shm");
        var path = memory["out.csv"];
        foreach (var text in (string[])["a first text, which is longer", "a second one"])
        {
            OutputFile.Check([path], []);
            OutputFile.WriteText(path, Nowhere, writer => writer.Write(text), CancellationToken.None);
            Assert.Equal(text, File.ReadAllText(path));
        }

        Assert.Equal(["out.csv"], memory.Files);
        Assert.Throws<BadInputException>(() => OutputFile.Check([path], [path]));
    }

    [ShellFact]
    public void What_is_thrown_away_takes_any_number_of_results()
    {
        File.CreateSymbolicLink(_folder["nothing"], "/dev/null");
        OutputFile.Check(["/dev/null", "/dev/null", _folder["nothing"]], ["/dev/null"]);
        OutputFile.WriteText(_folder["nothing"], Nowhere, text => text.Write("new"), CancellationToken.None);
        Assert.Equal(FileKind.Special, FileStatus.Of("/dev/null").Kind);
        Assert.Equal("/dev/null", new FileInfo(_folder["nothing"]).LinkTarget);
    }

    [ShellFact]
    public void A_device_that_is_full_is_told_of_by_name() => Assert.StartsWith(
        "/dev/full: the file cannot be written: ",
        Assert.Throws<BadInputException>(() => OutputFile.WriteText("/dev/full", Nowhere, text => text.Write("new"), CancellationToken.None)).Message,
        StringComparison.Ordinal);

    [ShellFact]
    public async Task Open_descriptors_are_written_to_where_they_stand()
    {
        var log = _folder.Write("log.csv", "customer_id,product_id\na,p\na,q\nb,p\n");
        await ToolRun.Succeed("factorize", log, "--factors", "2", "--output", _folder["expected.csv"]);
        var vectors = await File.ReadAllTextAsync(_folder["expected.csv"]);
        var factorize = $"postpurchase factorize '{log}' --factors 2 --output";
        var run = await Shell.Run($"""
            cd '{_folder[""]}'
            echo before > appended
            {factorize} /dev/stdout >> appended
            {factorize} /dev/fd/3 3>> appended
            {factorize} >(cat > substituted; echo >> done)
            {factorize} /dev/stderr
            {factorize} /dev/stdin --json - < log.csv
            {factorize} /dev/fd/99
            until [ -e done ]; do sleep 0.1; done
            """);
        Assert.Equal("before\n" + vectors + vectors, await File.ReadAllTextAsync(_folder["appended"]));
        Assert.Equal(vectors, await File.ReadAllTextAsync(_folder["substituted"]));
        Assert.Equal(
            vectors + "postpurchase: /dev/stdin: the file is read, and writing to it would destroy it\npostpurchase: /dev/fd/99: the descriptor is not open\n", run.Error);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task Nothing_is_written_after_a_cancellation()
    {
        var log = _folder.Write("log.csv", "customer_id,product_id,timestamp\na,p,2026-01-01\n");
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(
            ["train", log, "--model", _folder["model"]], new ToolConsole(TextWriter.Null, error, IsInteractive: false), new CancellationToken(canceled: true));
        Assert.Equal(ExitCode.Cancelled, exitCode);
        Assert.Equal(["log.csv"], _folder.Files);
    }
}
