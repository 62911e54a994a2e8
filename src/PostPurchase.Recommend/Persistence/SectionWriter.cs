using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace PostPurchase.Recommend.Persistence;

/// <summary>Writes the values of one section: little-endian, arrays preceded by their length.</summary>
internal sealed class SectionWriter(Stream stream)
{
    public void Write(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    public void Write(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    public void Write(double value) => Write(BitConverter.DoubleToInt64Bits(value));

    public void Write(bool value) => Write(value ? 1 : 0);

    public void Write(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Write(bytes.Length);
        stream.Write(bytes);
    }

    /// <summary>Writes numbers as they lie in memory; the format is little-endian, as is every platform .NET 10 runs on today.</summary>
    public void WriteArray<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Model files are little-endian, and so must the machine be.");
        Write(values.Length);
        // A span of bytes holds at most 2 GiB, an array of numbers may be larger: write in pieces.
        const int piece = 1 << 24;
        for (var start = 0; start < values.Length; start += piece)
            stream.Write(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(piece, values.Length - start))));
    }

    public void WriteStrings(ReadOnlySpan<string> values)
    {
        Write(values.Length);
        foreach (var value in values)
            Write(value);
    }
}
