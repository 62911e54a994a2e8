using System.IO.Compression;
using BenchmarkDotNet.Attributes;
using PostPurchase.Recommend.Benchmarks.Scale;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Benchmarks;

/// <summary>A simulated log of 300,000 lines, gzipped: read into a history, and its bytes alone.</summary>
[MemoryDiagnoser]
public class IngestionBenchmarks
{
    private readonly byte[] _block = new byte[1 << 18];
    private string _log = "";

    [GlobalSetup]
    public void Setup()
    {
        _log = Path.GetTempFileName();
        ScaleLog.Write(_log, 300_000);
    }

    [GlobalCleanup]
    public void CleanUp() => File.Delete(_log);

    [Benchmark(Baseline = true)]
    public long DecompressAlone()
    {
        using var gzip = new GZipStream(File.OpenRead(_log), CompressionMode.Decompress);
        var bytes = 0L;
        for (var read = 1; read > 0; bytes += read)
            read = gzip.Read(_block);
        return bytes;
    }

    [Benchmark]
    public PurchaseHistory FromCsv() => PurchaseHistory.FromCsv(_log);
}
