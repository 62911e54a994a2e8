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
