using CsvHelper;

namespace PostPurchase.Recommend.Orders;

/// <summary>Reads a CSV file, plain or gzipped (told by its first bytes, not by its name), into a builder.</summary>
internal static class CsvOrderReader
{
    /// <summary>No line of a log is longer; a longer one is an open quote or no CSV at all.</summary>
    private const int LongestRecord = 1 << 20;
    private const int LinesPerProgress = 1 << 14;

    private static readonly CsvReaderOptions Format = CsvReaderOptions.Default with
    {
        MaxRecordSize = LongestRecord,
        TrackLineNumbers = true,
        BufferSize = 1 << 18,
    };

    public static void Read(string path, HistoryBuilder builder)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.SequentialScan);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MalformedInputException(path, 0, "the file does not exist", cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new MalformedInputException(path, 0, $"the file cannot be opened: {cause.Message}", cause);
        }

        using (file)
            Read(file, path, builder);
    }

    public static void Read(Stream stream, string source, HistoryBuilder builder)
    {
        using var gzip = PeekedStream.IsGzip(stream, out var whole) ? new GzipMembers(whole) : null;
        using var ahead = gzip is null ? null : new ReadAheadStream(gzip);
        using var reader = CsvReader.Create((Stream?)ahead ?? whole, BrokenQuotes.Refused(Format, source), leaveOpen: true);
        var line = 1L;
        try
        {
            ReadLines(reader, stream, source, builder, ref line);
        }
        catch (CsvFields.DecodingException cause)
        {
            throw new MalformedInputException(source, line, "the text is not UTF-8", cause);
        }
        catch (CsvFormatException cause)
        {
            // The only format error left on is a record that outgrows the limit.
            throw new MalformedInputException(
                source, Math.Max(line, cause.LineNumber), $"the line is longer than {LongestRecord} bytes (an open quote, or no CSV)", cause);
        }
        catch (InvalidDataException cause)
        {
            throw new MalformedInputException(source, line, $"the gzip data is damaged: {cause.Message}", cause);
        }
    }

    private static void ReadLines(CsvReader reader, Stream stream, string source, HistoryBuilder builder, ref long line)
    {
        reader.ReadHeader();
        if (reader.Headers.Count == 0)
            throw new MalformedInputException(source, 0, "the file is empty");
        var columns = builder.ColumnsOf([.. reader.Headers], 1);
        var row = new OrderTextRow(columns, builder);
        var plain = new PlainRow(reader, columns, builder);
        var fields = new CsvFields(reader);
        OrderTextRow.Cell cell = fields.Read;
        var lines = 0L;
        while (reader.Read())
        {
            line = reader.LineNumber;
            if (!plain.TryRead(line))
            {
                fields.StartRecord();
                row.Read(line, reader.FieldCount, cell);
            }

            if (++lines % LinesPerProgress == 0)
            {
                builder.Options.Cancellation.ThrowIfCancellationRequested();
                if (stream.CanSeek)
                    builder.Options.Progress?.Report((double)stream.Position / Math.Max(1, stream.Length));
            }

            line++;
        }

        if (lines == 0)
            throw new MalformedInputException(source, 0, "the file has a header but no lines");
        builder.Options.Progress?.Report(1);
    }
}
