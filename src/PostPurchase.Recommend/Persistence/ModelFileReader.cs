using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PostPurchase.Recommend.Persistence;

/// <summary>Checks a model file and gives out its sections, each verified before its first value is read.</summary>
internal sealed class ModelFileReader
{
    private const int LargestTable = 1 << 20;
    private readonly Stream _stream;
    private readonly Dictionary<string, (long Offset, long Length, byte[] Hash)> _sections = new(StringComparer.Ordinal);

    /// <summary>Reads and checks head, foot and table; the stream must be able to seek.</summary>
    public ModelFileReader(Stream stream)
    {
        _stream = stream;
        if (stream.Length < ModelFile.HeadLength + ModelFile.FootLength)
            throw new ModelFormatException($"this is no model file: it is only {stream.Length} bytes long");
        var head = Bytes(0, ModelFile.HeadLength);
        if (!head.AsSpan(0, 8).SequenceEqual(ModelFile.StartMark))
            throw new ModelFormatException("this is no model file: it does not start as one");
        var least = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(12));
        if (least > ModelFile.Version)
            throw new ModelFormatException($"the model file needs a reader of version {least}, and this one knows versions up to {ModelFile.Version}");
        var tableEnd = stream.Length - ModelFile.FootLength;
        var foot = Bytes(tableEnd, ModelFile.FootLength);
        if (!foot.AsSpan(44).SequenceEqual(ModelFile.EndMark))
            throw new ModelFormatException("the model file is cut short: its end is missing");
        var tableStart = BinaryPrimitives.ReadInt64LittleEndian(foot);
        var tableLength = BinaryPrimitives.ReadInt32LittleEndian(foot.AsSpan(8));
        if (tableLength is < 4 or > LargestTable || tableStart != tableEnd - tableLength || tableStart < ModelFile.HeadLength)
            throw new ModelFormatException("the model file is damaged: its section table is not where it should be");
        var table = Bytes(tableStart, tableLength);
        if (!SHA256.HashData([.. head, .. table]).AsSpan().SequenceEqual(foot.AsSpan(12, 32)))
            throw new ModelFormatException("the model file is damaged: the checksum of its section table does not match");
        ReadTable(table, tableStart);
    }

    public bool Has(string name) => _sections.ContainsKey(name);

    public T Section<T>(string name, Func<SectionReader, T> read)
    {
        if (!_sections.TryGetValue(name, out var section))
            throw new ModelFormatException($"the model file has no section '{name}'");
        Verify(name, section);
        _stream.Position = section.Offset;
        // Not disposed, since that would close the file underneath.
        var buffered = new BufferedStream(_stream, 1 << 16);
        var reader = new SectionReader(name, buffered, section.Length);
        try
        {
            var result = read(reader);
            reader.ExpectEnd();
            return result;
        }
        catch (ModelFormatException cause)
        {
            // The bytes are as they were written, so it is not the file that is wrong.
            throw new ModelFormatException(
                $"{cause.Message}; its checksum is right, so another build of the library wrote it: train the model again", cause);
        }
    }

    private void ReadTable(byte[] table, long tableStart)
    {
        using var bytes = new MemoryStream(table);
        var reader = new SectionReader("table", bytes, table.Length);
        var count = reader.ReadInt32();
        long next = ModelFile.HeadLength;
        for (var i = 0; i < count; i++)
        {
            var name = reader.ReadString();
            var offset = reader.ReadInt64();
            var length = reader.ReadInt64();
            var hash = reader.ReadBytes(SHA256.HashSizeInBytes);
            if (offset != next || length < 0 || length > tableStart - offset || !_sections.TryAdd(name, (offset, length, hash)))
                throw new ModelFormatException($"the model file is damaged: section '{name}' is not where it should be");
            next += length;
        }

        reader.ExpectEnd();
        if (next != tableStart)
            throw new ModelFormatException("the model file is damaged: there are bytes between its sections and its table");
    }

    private void Verify(string name, (long Offset, long Length, byte[] Hash) section)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        _stream.Position = section.Offset;
        for (var left = section.Length; left > 0;)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            _stream.ReadExactly(piece);
            hash.AppendData(piece);
            left -= piece.Length;
        }

        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(section.Hash))
            throw new ModelFormatException($"the model file is damaged: the checksum of section '{name}' does not match");
    }

    private byte[] Bytes(long offset, int length)
    {
        var bytes = new byte[length];
        _stream.Position = offset;
        _stream.ReadExactly(bytes);
        return bytes;
    }
}
