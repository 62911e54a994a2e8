using System.Collections.Concurrent;

namespace PostPurchase.Recommend;

/// <summary>
/// Runs a body over ranges of rows. Every row is written by exactly one call and nothing is summed in completion order,
/// which is what makes one thread and many give the same bytes: keep it so in the bodies.
/// </summary>
internal static class ParallelRows
{
    /// <summary>
    /// The same, each block with a workspace that no other uses meanwhile: as many are made as threads meet here, however many blocks there are.
    /// Which one a block gets must not matter, so leave it as it was found.
    /// </summary>
    public static void For<TWorkspace>(int rows, int blockRows, TrainingRun run, Func<TWorkspace> create, Action<TWorkspace, int, int> body)
    {
        ConcurrentBag<TWorkspace> idle = [];
        For(rows, blockRows, run, (from, until) =>
        {
            if (!idle.TryTake(out var workspace))
                workspace = create();
            body(workspace, from, until);
            idle.Add(workspace);
        });
    }

    /// <summary>
    /// Splits 0..<paramref name="rows"/> into blocks of <paramref name="blockRows"/> and runs <paramref name="body"/> on each.
    /// </summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="blockRows">Rows in a block. The split must not depend on the number of threads where a body sums over its block.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <param name="body">Receives the first row and the row after the last.</param>
    public static void For(int rows, int blockRows, TrainingRun run, Action<int, int> body)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(blockRows);
        var blocks = (int)(((long)rows + blockRows - 1) / blockRows);
        if (run.Threads <= 1 || blocks <= 1)
        {
            for (var block = 0; block < blocks; block++)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                body(block * blockRows, (int)Math.Min(rows, ((long)block + 1) * blockRows));
            }

            return;
        }

        // One block at a time: blocks differ much in cost, and ranges of them, as a loop would hand out, leave threads idle at the end.
        var next = -1;
        var options = new ParallelOptions { MaxDegreeOfParallelism = run.Threads, CancellationToken = run.Cancellation };
        Parallel.For(0, Math.Min(run.Threads, blocks), options, (_, others) =>
        {
            int block;
            // A thread stops when another one's body has thrown.
            while (!others.ShouldExitCurrentIteration && (block = Interlocked.Increment(ref next)) < blocks)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                body(block * blockRows, (int)Math.Min(rows, ((long)block + 1) * blockRows));
            }
        });
    }
}
