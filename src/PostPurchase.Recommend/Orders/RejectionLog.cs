namespace PostPurchase.Recommend.Orders;

/// <summary>Counts rejected lines by reason and keeps the first ones in full.</summary>
internal sealed class RejectionLog
{
    private readonly long[] _counts = new long[Enum.GetValues<RejectionReason>().Length];
    private readonly List<RejectedLine> _samples = [];

    public void Add(long lineNumber, RejectionReason reason, string detail)
    {
        _counts[(int)reason]++;
        // Unmatched returns are known only at the end, so the first lines by number are kept, not the first that came.
        if (_samples.Count == IngestReport.MostSamples && lineNumber >= _samples[^1].LineNumber)
            return;
        var place = _samples.Count;
        while (place > 0 && _samples[place - 1].LineNumber > lineNumber)
            place--;
        _samples.Insert(place, new RejectedLine(lineNumber, reason, detail));
        if (_samples.Count > IngestReport.MostSamples)
            _samples.RemoveAt(IngestReport.MostSamples);
    }

    public IReadOnlyDictionary<RejectionReason, long> Counts() =>
        Enum.GetValues<RejectionReason>().Where(r => _counts[(int)r] > 0).ToDictionary(r => r, r => _counts[(int)r]);

    public IReadOnlyList<RejectedLine> Samples() => [.. _samples];
}
