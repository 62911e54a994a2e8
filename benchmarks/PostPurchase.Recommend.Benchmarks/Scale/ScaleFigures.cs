namespace PostPurchase.Recommend.Benchmarks.Scale;

/// <summary>What one run measured.</summary>
/// <param name="Lines">Lines that were read.</param>
/// <param name="Customers">Customers in the history.</param>
/// <param name="Products">Products in the history.</param>
/// <param name="Stages">The stages in order.</param>
internal sealed record ScaleFigures(long Lines, int Customers, int Products, IReadOnlyList<ScaleStage> Stages);

/// <summary>One stage of a run.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Seconds">How long it took, or would have taken for all customers where a sample was asked.</param>
/// <param name="CpuSeconds">The same in processor time of all threads, which other work on the machine changes less.</param>
/// <param name="PeakBytes">The most memory the process has held so far.</param>
/// <param name="Note">What has to be known to read the figures.</param>
internal sealed record ScaleStage(string Name, double Seconds, double CpuSeconds, long PeakBytes, string Note);
