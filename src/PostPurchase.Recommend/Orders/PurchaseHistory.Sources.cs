using System.Data.Common;

namespace PostPurchase.Recommend.Orders;

/// <content>Where a history comes from.</content>
public sealed partial class PurchaseHistory
{
    private const int LinesPerCheck = 1 << 14;

    /// <summary>Builds a history from lines in any order.</summary>
    /// <param name="lines">The lines; enumerated once.</param>
    /// <param name="options">How to read them; the default options when <see langword="null"/>.</param>
    /// <exception cref="MalformedInputException">A line is malformed and the options say to stop.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public static PurchaseHistory From(IEnumerable<OrderLine> lines, IngestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var builder = new HistoryBuilder(options ?? new IngestOptions(), "order lines");
        var number = 0L;
        foreach (var line in lines)
        {
            builder.Add(line, ++number);
            if (number % LinesPerCheck == 0)
                builder.Options.Cancellation.ThrowIfCancellationRequested();
        }

        return builder.Build();
    }

    /// <summary>Builds a history from lines in any order that arrive over time.</summary>
    /// <param name="lines">The lines; enumerated once.</param>
    /// <param name="options">How to read them; the default options when <see langword="null"/>.</param>
    /// <exception cref="MalformedInputException">A line is malformed and the options say to stop.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public static async Task<PurchaseHistory> FromAsync(IAsyncEnumerable<OrderLine> lines, IngestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var builder = new HistoryBuilder(options ?? new IngestOptions(), "order lines");
        var number = 0L;
        await foreach (var line in lines.WithCancellation(builder.Options.Cancellation).ConfigureAwait(false))
        {
            builder.Add(line, ++number);
            // The token that a source is given it may well not look at.
            if (number % LinesPerCheck == 0)
                builder.Options.Cancellation.ThrowIfCancellationRequested();
        }

        return builder.Build();
    }

    /// <summary>
    /// Builds a history from a CSV file with a header, plain or gzipped, in UTF-8 (or UTF-16 with a byte order mark).
    /// Columns are found by name: <c>customer_id</c> (or <c>user_id</c>), <c>product_id</c> (or <c>item_id</c>) and
    /// <c>timestamp</c> (or <c>date</c>), and where present <c>quantity</c>, <c>pack_size</c>, <c>unit_price</c>, <c>order_id</c> (or
    /// <c>invoice_no</c>), <c>delivered_at</c>, <c>category</c> and <c>event_type</c>.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it; the default options when <see langword="null"/>.</param>
    /// <exception cref="MalformedInputException">
    /// The file is missing, empty, damaged or not UTF-8, lacks a column, or holds a malformed line and the options say to stop.
    /// </exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public static PurchaseHistory FromCsv(string path, IngestOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var builder = new HistoryBuilder(options ?? new IngestOptions(), path);
        CsvOrderReader.Read(path, builder);
        return builder.Build();
    }

    /// <summary>Builds a history from a stream of CSV text, plain or gzipped; see <see cref="FromCsv(string, IngestOptions?)"/>.</summary>
    /// <param name="stream">The stream; it is read to its end and left open.</param>
    /// <param name="sourceName">The name of the source, for messages.</param>
    /// <param name="options">How to read it; the default options when <see langword="null"/>.</param>
    /// <exception cref="MalformedInputException">The text is empty, damaged or not UTF-8, lacks a column, or holds a malformed line and the options say to stop.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public static PurchaseHistory FromCsv(Stream stream, string sourceName, IngestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var builder = new HistoryBuilder(options ?? new IngestOptions(), sourceName);
        CsvOrderReader.Read(stream, sourceName, builder);
        return builder.Build();
    }

    /// <summary>Builds a history from the rows of a database query, with the columns of <see cref="FromCsv(string, IngestOptions?)"/>.</summary>
    /// <param name="reader">An open reader of any ADO.NET provider; it is read to the end of its first result and left open.</param>
    /// <param name="options">How to read it; the default options when <see langword="null"/>.</param>
    /// <exception cref="MalformedInputException">A column is missing, or a row is malformed and the options say to stop.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public static PurchaseHistory FromDatabase(DbDataReader reader, IngestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var builder = new HistoryBuilder(options ?? new IngestOptions(), "query");
        DatabaseOrderReader.Read(reader, builder, "query");
        return builder.Build();
    }
}
