using System.Buffers;
using System.Text.Unicode;
using CsvHelper;

namespace PostPurchase.Recommend.Orders;

/// <summary>The fields of the current CSV record as text, decoded into one buffer that is used anew for every record.</summary>
internal sealed class CsvFields(CsvReader reader)
{
    private char[] _buffer = new char[1024];
    private int _used;

    public void StartRecord() => _used = 0;

    /// <summary>The text of a field; valid until the next record. Bytes that are no UTF-8 raise a <see cref="DecodingException"/>.</summary>
    public ReadOnlySpan<char> Read(int column)
    {
        var bytes = reader.GetSpan(column);
        if (_buffer.Length - _used < bytes.Length)
        {
            // Spans handed out for this record keep the old buffer alive.
            _buffer = new char[Math.Max(_buffer.Length * 2, bytes.Length)];
            _used = 0;
        }

        var target = _buffer.AsSpan(_used);
        if (Utf8.ToUtf16(bytes, target, out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
            throw new DecodingException();
        _used += written;
        return target[..written];
    }

    /// <summary>A field holds bytes that are no UTF-8.</summary>
    internal sealed class DecodingException : Exception;
}
