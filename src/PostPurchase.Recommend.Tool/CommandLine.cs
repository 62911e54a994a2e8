using System.CommandLine;
using System.Data.Common;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Tool.Commands;

namespace PostPurchase.Recommend.Tool;

/// <summary>The command line as a whole: parses, runs one command, and turns every failure into one line and an exit code.</summary>
internal static class CommandLine
{
    // Long enough to drop what is half-written after Ctrl-C.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(30);

    public static RootCommand Create(ToolConsole console) => new(
        "Given what customers bought, say what each one will want next, when, and how sure we are.")
    {
        TrainCommand.Create(console),
        RecommendCommand.Create(console),
        ForecastCommand.Create(console),
        DueCommand.Create(console),
        EvaluateCommand.Create(console),
        FactorizeCommand.Create(console),
    };

    public static async Task<int> RunAsync(string[] args, ToolConsole console, CancellationToken cancellation = default)
    {
        try
        {
            // A file name may start with @; it is no list of further arguments.
            var parsed = Create(console).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0)
                throw new BadInputException(string.Join(" ", parsed.Errors.Select(error => InWords(error.Message))));
            var configuration = new InvocationConfiguration
            {
                Output = console.Output,
                Error = console.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeToStop,
            };
            return await parsed.InvokeAsync(configuration, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return Fail(console, ExitCode.Cancelled, "stopped; nothing was written");
        }
        catch (Exception cause) when (IsBadInput(cause))
        {
            return Fail(console, ExitCode.BadInput, cause.Message);
        }
#pragma warning disable CA1031 // The last resort: a script must see one line and an exit code, whatever went wrong.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            return Fail(console, ExitCode.Failure, $"internal error: {cause}");
        }
    }

    // The parser names types of the language, which say nothing to those who give arguments.
    private static string InWords(string message) => message
        .Replace("as expected type 'System.Int32'", "as a whole number", StringComparison.Ordinal)
        .Replace("as expected type 'System.UInt64'", "as a whole number of zero or more", StringComparison.Ordinal)
        .Replace("as expected type 'System.Double'", "as a number", StringComparison.Ordinal);

    private static bool IsBadInput(Exception cause) => cause
        is BadInputException or MalformedInputException or ModelFormatException or InvalidOptionsException
        or IOException or UnauthorizedAccessException or DbException;

    private static int Fail(ToolConsole console, int exitCode, string message)
    {
        console.Error.WriteLine("postpurchase: " + message.ReplaceLineEndings(" "));
        console.Error.Flush();
        return exitCode;
    }
}
