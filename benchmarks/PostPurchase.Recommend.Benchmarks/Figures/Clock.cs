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

    /// <summary>The medians of two things that take turns.</summary>
    public static (double First, double Second) InTurns(int rounds, Action first, Action second)
    {
        first();
        second();
        var (a, b) = (new double[rounds], new double[rounds]);
        for (var round = 0; round < rounds; round++)
            (a[round], b[round]) = (Wall(first), Wall(second));
        Array.Sort(a);
        Array.Sort(b);
        return (a[rounds / 2], b[rounds / 2]);
    }

    public static double Wall(Action action)
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
