namespace PostPurchase.Recommend.Tool.Tests;

/// <summary>One run of the command in this process.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static async Task<ToolRun> Of(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = await CommandLine.RunAsync(args, new ToolConsole(output, error, IsInteractive: false));
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs the command and expects it to be silent and to succeed.</summary>
    public static async Task<ToolRun> Succeed(params string[] args)
    {
        var run = await Of(args);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run;
    }
}
