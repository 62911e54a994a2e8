using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PostPurchase.Recommend.Persistence;

/// <summary>Writes head, sections, table and foot of a model file, strictly forward.</summary>
internal sealed class ModelFileWriter
{
    private readonly Stream _stream;
    private readonly byte[] _head = new byte[ModelFile.HeadLength];
    private readonly List<(string Name, long Offset, long Length, byte[] Hash)> _sections = [];
    private long _offset;

    public ModelFileWriter(Stream stream)
    {
        _stream = stream;
        ModelFile.StartMark.CopyTo(_head);
        BinaryPrimitives.WriteInt32LittleEndian(_head.AsSpan(8), ModelFile.Version);
        BinaryPrimitives.WriteInt32LittleEndian(_head.AsSpan(12), ModelFile.LeastReadableVersion);
        _stream.Write(_head);
        _offset = _head.Length;
    }

    public void Section(string name, Action<SectionWriter> write)
    {
        if (_sections.Exists(s => s.Name == name))
            throw new InvalidOperationException($"Section '{name}' is written already.");
        using var hashing = new HashingStream(_stream);
        var buffered = new BufferedStream(hashing, 1 << 16);
        write(new SectionWriter(buffered));
        buffered.Flush();
        _sections.Add((name, _offset, hashing.Written, hashing.Hash()));
        _offset += hashing.Written;
    }

    public void Finish()
    {
        using var table = new MemoryStream();
        var writer = new SectionWriter(table);
        writer.Write(_sections.Count);
        foreach (var (name, offset, length, hash) in _sections)
        {
            writer.Write(name);
            writer.Write(offset);
            writer.Write(length);
            table.Write(hash);
        }

        var bytes = table.ToArray();
        var foot = new byte[ModelFile.FootLength];
        BinaryPrimitives.WriteInt64LittleEndian(foot, _offset);
        BinaryPrimitives.WriteInt32LittleEndian(foot.AsSpan(8), bytes.Length);
        SHA256.HashData([.. _head, .. bytes], foot.AsSpan(12));
        ModelFile.EndMark.CopyTo(foot.AsSpan(44));
        _stream.Write(bytes);
        _stream.Write(foot);
        _stream.Flush();
    }

    /// <summary>Passes bytes on, counts and hashes them; never closes nor flushes what is underneath: only a file's end is worth it.</summary>
    private sealed class HashingStream(Stream target) : ForwardStream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public long Written { get; private set; }

        public override bool CanWrite => true;

        public byte[] Hash() => _hash.GetHashAndReset();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            target.Write(buffer);
            _hash.AppendData(buffer);
            Written += buffer.Length;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _hash.Dispose();
            base.Dispose(disposing);
        }
    }
}
