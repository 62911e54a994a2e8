using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace PostPurchase.Recommend.Persistence;

/// <summary>
/// Reads the values of one section. Nothing is allocated before the bytes it needs are known to be there, so a damaged
/// length cannot ask for more memory than the file is long.
/// </summary>
internal sealed class SectionReader(string name, Stream stream, long length)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private long _left = length;

    public string Name => name;

    public int ReadInt32()
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        Fill(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    public long ReadInt64()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        Fill(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    public double ReadDouble() => BitConverter.Int64BitsToDouble(ReadInt64());

    public bool ReadBoolean() => ReadInt32() switch
    {
        0 => false,
        1 => true,
        var other => throw Damaged($"{other} is no truth value"),
    };

    public string ReadString()
    {
        var bytes = new byte[ReadLength(1)];
        Fill(bytes);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException cause)
        {
            throw new ModelFormatException($"section '{name}' is damaged: a text is no UTF-8", cause);
        }
    }

    /// <summary>Reads bytes that stand without their length.</summary>
    public byte[] ReadBytes(int count)
    {
        if (count > _left)
            throw Damaged("it ends too early");
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    public T[] ReadArray<T>()
        where T : unmanaged
    {
        var values = new T[ReadLength(Unsafe.SizeOf<T>())];
        const int piece = 1 << 24;
        for (var start = 0; start < values.Length; start += piece)
            Fill(MemoryMarshal.AsBytes(values.AsSpan(start, Math.Min(piece, values.Length - start))));
        return values;
    }

    /// <summary>Reads an array whose length the caller knows from elsewhere.</summary>
    public T[] ReadArray<T>(int expectedLength)
        where T : unmanaged
    {
        var values = ReadArray<T>();
        return values.Length == expectedLength
            ? values
            : throw Damaged($"an array holds {values.Length} values where {expectedLength} belong");
    }

    /// <summary>Reads numbers that answers are worked out from: one that is none would come out at the other end.</summary>
    public float[] ReadFiniteFloats(int? expectedLength = null)
    {
        var values = expectedLength is { } length ? ReadArray<float>(length) : ReadArray<float>();
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                throw Damaged($"{value} is no finite number");
        }

        return values;
    }

    public string[] ReadStrings()
    {
        var values = new string[ReadLength(sizeof(int))];
        for (var i = 0; i < values.Length; i++)
            values[i] = ReadString();
        return values;
    }

    /// <summary>Call after the last value: a section with bytes left over was written by something else.</summary>
    public void ExpectEnd()
    {
        if (_left != 0)
            throw Damaged($"{_left} bytes are left over");
    }

    public ModelFormatException Damaged(string why) => new($"section '{name}' is damaged: {why}");

    private int ReadLength(int bytesEach)
    {
        var count = ReadInt32();
        return count >= 0 && (long)count * bytesEach <= _left ? count : throw Damaged($"a length of {count} does not fit");
    }

    private void Fill(Span<byte> bytes)
    {
        if (bytes.Length > _left)
            throw Damaged("it ends too early");
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException cause)
        {
            throw new ModelFormatException($"the file ends inside section '{name}'", cause);
        }

        _left -= bytes.Length;
    }
}
