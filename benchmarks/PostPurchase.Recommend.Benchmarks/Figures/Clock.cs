using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PostPurchase.Recommend.Benchmarks.Figures;

/// <summary>Times in processor time of the calling thread where the system tells it, so that other work on the machine counts less.</summary>
internal static partial class Clock
{
    private const int ThreadCpuTime = 3;

    /// <summary>The fastest of some repetitions.</summary>
    public static double Fastest(int repetitions, Action action)
    {
        action();
        var least = double.MaxValue;
        for (var repetition = 0; repetition < repetitions; repetition++)
            least = Math.Min(least, Once(action));
        return least;
    }

    /// <summary>The medians by the clock of two things that take turns, and the processor time of the second in times the first's.</summary>
    public static (double First, double Second, double Processor) InTurns(int rounds, Action first, Action second)
    {
        first();
        second();
        var (a, b) = (new double[rounds], new double[rounds]);
        var (processorA, processorB) = (0d, 0d);
        for (var round = 0; round < rounds; round++)
        {
            var start = ProcessSeconds();
            a[round] = Wall(first);
            var between = ProcessSeconds();
            b[round] = Wall(second);
            processorA += between - start;
            processorB += ProcessSeconds() - between;
        }

        Array.Sort(a);
        Array.Sort(b);
        return (a[rounds / 2], b[rounds / 2], processorB / Math.Max(processorA, 1e-9));
    }

    private static double ProcessSeconds()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }

    private static double Wall(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Once(Action action)
    {
        if (!OperatingSystem.IsLinux())
            return Wall(action);
        var start = ThreadSeconds();
        action();
        return ThreadSeconds() - start;
    }

    private static double ThreadSeconds() =>
        GetTime(ThreadCpuTime, out var time) == 0 ? time.Seconds + (time.Nanoseconds * 1e-9) : throw new InvalidOperationException("The system tells no thread's time.");

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    private readonly struct TimeSpec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
