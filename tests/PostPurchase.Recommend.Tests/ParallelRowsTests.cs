namespace PostPurchase.Recommend.Tests;

public class ParallelRowsTests
{
    [Theory]
    [InlineData(0, 3, 4)]
    [InlineData(1, 3, 4)]
    [InlineData(1000, 7, 1)]
    [InlineData(1000, 7, 2)]
    [InlineData(1000, 7, 16)]
    [InlineData(7, 1000, 3)]
    public void Every_row_is_in_one_block_and_blocks_do_not_depend_on_threads(int rows, int blockRows, int threads)
    {
        var blockOf = new int[rows];
        ParallelRows.For(rows, blockRows, new TrainingRun { Threads = threads }, (first, last) =>
        {
            Assert.Equal(Math.Min(rows, first + blockRows), last);
            for (var row = first; row < last; row++)
                Interlocked.Add(ref blockOf[row], first + 1);
        });
        Assert.Equal(Enumerable.Range(0, rows).Select(row => (row / blockRows * blockRows) + 1), blockOf);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void No_more_workspaces_are_made_than_threads_and_none_is_used_by_two(int threads)
    {
        var (made, rows) = (0, new int[1000]);
        ParallelRows.For(rows.Length, 7, new TrainingRun { Threads = threads }, () => new int[] { Interlocked.Increment(ref made), 0 }, (workspace, first, last) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref workspace[1]));
            for (var row = first; row < last; row++)
                rows[row]++;
            Interlocked.Decrement(ref workspace[1]);
        });
        Assert.All(rows, count => Assert.Equal(1, count));
        Assert.InRange(made, 1, threads);
    }

    [Fact]
    public void No_more_threads_work_than_were_asked_for()
    {
        var (now, most) = (0, 0);
        ParallelRows.For(200, 1, new TrainingRun { Threads = 2 }, (_, _) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            Thread.Sleep(1);
            Interlocked.Decrement(ref now);
        });
        Assert.InRange(most, 1, 2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void After_a_failure_the_rows_that_are_left_are_left(int threads)
    {
        const int rows = 2000;
        var done = 0;
        var thrown = Assert.ThrowsAny<Exception>(() => ParallelRows.For(rows, 1, new TrainingRun { Threads = threads }, (first, _) =>
        {
            if (first == 0)
                throw new InvalidOperationException("row 0");
            Thread.Sleep(1);
            Interlocked.Increment(ref done);
        }));
        Assert.IsType<InvalidOperationException>(thrown.GetBaseException());
        Assert.True(done < rows - 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_cancelled_run_stops_amid_the_rows(int threads)
    {
        using var cancellation = new CancellationTokenSource();
        var done = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => ParallelRows.For(1000, 1, new TrainingRun { Threads = threads, Cancellation = cancellation.Token }, (_, _) =>
        {
            if (Interlocked.Increment(ref done) == 10)
                cancellation.Cancel();
        }));
        Assert.InRange(done, 10, 10 + threads);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; seen < value;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}
