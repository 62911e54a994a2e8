namespace PostPurchase.Recommend.Benchmarks;

/// <summary>
/// Which sizes are measured: a handful, so that all benchmarks together take minutes, or with POSTPURCHASE_BENCHMARKS=full in the
/// environment all of them, which takes hours.
/// </summary>
internal static class BenchmarkMatrix
{
    public static bool IsFull => Environment.GetEnvironmentVariable("POSTPURCHASE_BENCHMARKS") == "full";

    public static T[] Of<T>(T[] usual, T[] full) => IsFull ? full : usual;
}
