namespace PostPurchase.Recommend.Orders;

/// <summary>Counts rejected lines by reason and keeps the first ones of every reason in full.</summary>
internal sealed class RejectionLog
{
    private readonly long[] _counts = new long[Enum.GetValues<RejectionReason>().Length];
    private readonly List<RejectedLine>[] _first = [.. Enum.GetValues<RejectionReason>().Select(_ => new List<RejectedLine>())];

    public void Add(long lineNumber, RejectionReason reason, string detail)
    {
        _counts[(int)reason]++;
        var first = _first[(int)reason];
        // Unmatched returns are known only at the end, so the first lines by number are kept, not the first that came.
        if (first.Count == IngestReport.MostSamples && lineNumber >= first[^1].LineNumber)
            return;
        var place = first.Count;
        while (place > 0 && first[place - 1].LineNumber > lineNumber)
            place--;
        first.Insert(place, new RejectedLine(lineNumber, reason, detail));
        if (first.Count > IngestReport.MostSamples)
            first.RemoveAt(IngestReport.MostSamples);
    }

    public IReadOnlyDictionary<RejectionReason, long> Counts() =>
        Enum.GetValues<RejectionReason>().Where(r => _counts[(int)r] > 0).ToDictionary(r => r, r => _counts[(int)r]);

    /// <summary>The first line of every reason, then the second of each, and so on: thousands of guests must not hide the one date that is none.</summary>
    public IReadOnlyList<RejectedLine> Samples() =>
    [
        .. _first.SelectMany(first => first.Select((line, place) => (Line: line, Place: place)))
            .OrderBy(sample => sample.Place).ThenBy(sample => sample.Line.LineNumber)
            .Take(IngestReport.MostSamples)
            .Select(sample => sample.Line).OrderBy(line => line.LineNumber),
    ];
}
