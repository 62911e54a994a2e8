using CsvHelper;

namespace PostPurchase.Recommend.Orders;

/// <summary>
/// Quotes that swallow lines. A field that starts with a quote of its own, such as the size <c>"12 inch</c>, runs on to the next quote
/// or to the end of the file; the lines between are lost without a trace, so such a file is refused, whatever becomes of malformed lines.
/// </summary>
internal static class BrokenQuotes
{
    /// <summary>The format of a reader that stops at such a quote with a <see cref="MalformedInputException"/>.</summary>
    public static CsvReaderOptions Refused(CsvReaderOptions format, string source) => format with
    {
        OnMalformedRecord = record =>
        {
            if (ReasonOf(record) is { } reason)
                throw new MalformedInputException(source, record.LineNumber, reason);
        },
    };

    private static string? ReasonOf(in CsvMalformedRecord record) => record.Reason switch
    {
        CsvMalformedReason.UnterminatedQuote => "a field starts with a quote that is never closed",
        CsvMalformedReason.TextAfterClosingQuote when record.RawRecord.AsSpan().ContainsAny('\r', '\n') =>
            "a field starts with a quote that is closed lines below, inside another field",
        _ => null,
    };
}
