namespace PostPurchase.Recommend.Benchmarks.Figures;

/// <summary>One measured workload.</summary>
/// <param name="Workload">Its name, by which peers' results refer to it.</param>
/// <param name="Seconds">The processor time of the fastest repetition.</param>
/// <param name="Against">What it is compared with, in words and figures of the same run.</param>
internal sealed record Figure(string Workload, double Seconds, string Against);
