using System.Text;

namespace PostPurchase.Recommend.Tool;

/// <summary>Where the tool writes to.</summary>
/// <param name="Output">Results that were asked for on standard output.</param>
/// <param name="Error">Errors, and what a person may want to know meanwhile.</param>
/// <param name="IsInteractive">Whether a person is watching: nothing is redirected.</param>
internal sealed record ToolConsole(TextWriter Output, TextWriter Error, bool IsInteractive)
{
    public static ToolConsole OfProcess()
    {
        // Results are read by programs: UTF-8 without a mark and one kind of line end on every platform.
        var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { NewLine = "\n", AutoFlush = true };
        return new ToolConsole(output, Console.Error, !Console.IsOutputRedirected && !Console.IsErrorRedirected);
    }
}
