using Spectre.Console;

namespace PostPurchase.Recommend.Tool.Output;

/// <summary>Progress bars, one a stage, while long work runs; nothing at all unless a person is watching.</summary>
internal static class ProgressDisplay
{
    public static Task<T> RunAsync<T>(ToolConsole console, Func<IProgress<TrainingProgress>?, T> work)
    {
        if (!console.IsInteractive)
            return Task.Run(() => work(null));
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(console.Error) });
        return terminal.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context => Task.Run(() => work(new StageBars(context))));
    }
}
