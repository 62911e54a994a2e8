using System.Diagnostics;

namespace PostPurchase.Recommend.Tool.Tests;

/// <summary>Runs the tool as a process of its own, in a script.</summary>
internal static class Shell
{
    public const string Path = "/bin/bash";

    /// <summary>Runs a script in which <c>postpurchase</c> is the tool.</summary>
    public static async Task<ToolRun> Run(string script)
    {
        var tool = System.IO.Path.ChangeExtension(typeof(CommandLine).Assembly.Location, ".dll");
        using var shell = Process.Start(new ProcessStartInfo(Path, ["-c", $"postpurchase() {{ '{Environment.ProcessPath}' exec '{tool}' \"$@\"; }}\n{script}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = shell.StandardError.ReadToEndAsync();
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return new ToolRun(shell.ExitCode, output, await error);
    }
}
