using System.CommandLine;

namespace PostPurchase.Recommend.Tool;

/// <summary>How to run long work: seed and threads.</summary>
internal sealed class RunOptions
{
    private const int MostThreads = 1024;

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "The seed of every random draw.",
        DefaultValueFactory = _ => 1,
        HelpName = "N",
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "The number of threads, 0 for one each processor. Results do not depend on it.",
        DefaultValueFactory = _ => 0,
        HelpName = "N",
    };

    public void AddTo(Command command)
    {
        command.Add(_seed);
        command.Add(_threads);
    }

    public TrainingRun Of(ParseResult parsed, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var threads = parsed.GetValue(_threads);
        if (threads is < 0 or > MostThreads)
            throw new BadInputException($"--threads is {threads} but must be from 0 to {MostThreads}.");
        return new TrainingRun
        {
            Seed = parsed.GetValue(_seed),
            Threads = threads == 0 ? Environment.ProcessorCount : threads,
            Progress = progress,
            Cancellation = cancellation,
        };
    }
}
