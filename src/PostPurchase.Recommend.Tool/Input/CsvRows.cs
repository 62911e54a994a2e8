using System.Text;
using CsvHelper;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tool.Input;

/// <summary>Reads the small files that say whom to ask about: CSV or CSV.gz with a header, columns found by name.</summary>
internal static class CsvRows
{
    private const int LongestRecord = 1 << 20;

    private static readonly CsvReaderOptions Format = CsvReaderOptions.Default with { MaxRecordSize = LongestRecord, TrackLineNumbers = true };

    /// <summary>Calls <paramref name="take"/> with the line number and the wanted fields of every line, in the order of the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The wanted columns.</param>
    /// <param name="take">Returns what is wrong with the line, or <see langword="null"/>.</param>
    public static void Read(string path, IReadOnlyList<CsvColumn> columns, Func<string[], string?> take)
    {
        var line = 1L;
        try
        {
            ReadLines(path, columns, take, ref line);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MalformedInputException(path, 0, "the file does not exist", cause);
        }
        catch (DecoderFallbackException cause)
        {
            throw new MalformedInputException(path, line, "the text is not UTF-8", cause);
        }
        catch (CsvFormatException cause)
        {
            throw new MalformedInputException(
                path, Math.Max(line, cause.LineNumber), $"the line is longer than {LongestRecord} bytes (an open quote, or no CSV)", cause);
        }
        catch (InvalidDataException cause)
        {
            throw new MalformedInputException(path, line, $"the gzip data is damaged: {cause.Message}", cause);
        }
        catch (Exception cause) when (cause is UnauthorizedAccessException || cause is IOException and not MalformedInputException)
        {
            throw new MalformedInputException(path, 0, $"the file cannot be read: {cause.Message}", cause);
        }
    }

    private static void ReadLines(string path, IReadOnlyList<CsvColumn> columns, Func<string[], string?> take, ref long line)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        using var unpacked = PeekedStream.IsGzip(file, out var whole) ? new GzipMembers(whole) : whole;
        using var text = new StreamReader(unpacked, new UTF8Encoding(false, throwOnInvalidBytes: true));
        using var reader = CsvReader.Create(text, BrokenQuotes.Refused(Format, path));
        reader.ReadHeader();
        if (reader.Headers.Count == 0)
            throw new MalformedInputException(path, 0, "the file is empty");
        var places = columns.Select(column => column.Find([.. reader.Headers], path)).ToArray();
        var fields = new string[places.Length];
        while (reader.Read())
        {
            line = reader.LineNumber;
            for (var i = 0; i < places.Length; i++)
            {
                fields[i] = places[i] >= 0 && places[i] < reader.FieldCount ? reader.GetString(places[i]).Trim() : "";
                if (!columns[i].MayBeEmpty && fields[i].Length == 0)
                    throw new MalformedInputException(path, line, $"{columns[i].Names[0]} is empty");
            }

            if (take(fields) is { } wrong)
                throw new MalformedInputException(path, line, wrong);
        }
    }
}
