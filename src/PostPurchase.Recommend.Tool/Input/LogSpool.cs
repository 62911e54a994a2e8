using System.Data.Common;
using System.Globalization;
using System.Text;
using CsvHelper;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tool.Input;

/// <summary>
/// The lines of a log that gives them once only, or others every time, kept in a temporary file for who reads them several times: a
/// pipe runs dry, and a database goes on being written to.
/// </summary>
internal sealed class LogSpool : IDisposable
{
    private readonly FileStream _lines;
    private readonly string _name;
    private int _headerLines;

    /// <summary>Creates an empty one; <paramref name="name"/> is what the log is called in messages.</summary>
    public LogSpool(string name)
    {
        _name = name;
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.DeleteOnClose,
        };
        // Who bought what is nobody else's business.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var path = Path.Combine(Path.GetTempPath(), $"postpurchase-{Guid.NewGuid():N}.tmp");
        _lines = new FileStream(path, options);
        // Without a name the file ends with the process, however that ends.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
    }

    /// <summary>Keeps the bytes of a file or pipe.</summary>
    public void Keep(Stream log, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        for (var count = log.Read(buffer); count > 0; count = log.Read(buffer))
        {
            cancellation.ThrowIfCancellationRequested();
            _lines.Write(buffer, 0, count);
        }
    }

    /// <summary>Keeps the rows of a query.</summary>
    public void Keep(DbDataReader rows, CancellationToken cancellation)
    {
        _headerLines = 1;
        using var text = new StreamWriter(_lines, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        using var csv = CsvWriter.Create(text, CsvWriterOptions.Default with { FormatProvider = CultureInfo.InvariantCulture }, leaveOpen: true);
        csv.WriteRecord(Enumerable.Range(0, rows.FieldCount).Select(rows.GetName).ToArray());
        var values = new object[rows.FieldCount];
        for (var row = 1L; rows.Read(); row++)
        {
            cancellation.ThrowIfCancellationRequested();
            rows.GetValues(values);
            try
            {
                foreach (var value in values)
                    csv.WriteField(DatabaseValue.TextOf(value));
            }
            catch (DecoderFallbackException cause)
            {
                throw new MalformedInputException(_name, row, "a value of bytes is no UTF-8 text", cause);
            }

            csv.EndRecord();
        }

        csv.Flush();
    }

    /// <summary>Reads the lines, as often as wanted.</summary>
    public PurchaseHistory Read(IngestOptions ingest)
    {
        _lines.Position = 0;
        try
        {
            return PurchaseHistory.FromCsv(_lines, _name, ingest);
        }
        catch (MalformedInputException cause) when (_headerLines > 0 && cause.LineNumber > 0)
        {
            throw new MalformedInputException(_name, cause.LineNumber - _headerLines, cause.Reason, cause);
        }
    }

    public void Dispose() => _lines.Dispose();
}
