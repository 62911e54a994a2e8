using System.IO.Compression;

namespace PostPurchase.Recommend.Orders;

/// <summary>
/// Decompresses gzip and notices when it was cut short, which <see cref="GZipStream"/> passes over in silence. A small
/// gzip member of our own is put behind the data: it comes out whole at the end only if the data before it was complete.
/// </summary>
internal sealed class GzipMembers : ForwardStream
{
    private static readonly byte[] Mark = [0x9E, 0x37, 0x79, 0xB9, 0x7F, 0x4A, 0x7C, 0x15];
    private readonly Followed _compressed;
    private readonly GZipStream _gzip;

    /// <summary>
    /// Behind a cut, the bits of the mark's member are taken for data: its 28 bytes can pretend at most 112 matches of 258
    /// bytes. That much is held back until the end has been seen, so that no pretended line is ever given out.
    /// </summary>
    private const int HeldBack = 1 << 15;
    private readonly byte[] _buffer = new byte[HeldBack + (1 << 16)];
    private int _start;
    private int _end;
    private bool _ended;

    public GzipMembers(Stream compressed)
    {
        _compressed = new Followed(compressed, Compress(Mark));
        _gzip = new GZipStream(_compressed, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        while (!_ended && _end - _start <= HeldBack)
            Fill();
        var count = Math.Min(buffer.Length, _end - _start - (_ended ? 0 : HeldBack));
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _gzip.Dispose();
        base.Dispose(disposing);
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        var read = Decompress();
        _end += read;
        if (read > 0)
            return;
        _ended = true;
        if (!_buffer.AsSpan(0, _end).EndsWith(Mark))
            throw new InvalidDataException("it ends too early or is followed by something else");
        _end -= Mark.Length;
    }

    // Behind a cut the decompressor may stumble over the mark, and what it says of it then would lead astray.
    private int Decompress()
    {
        try
        {
            return _gzip.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (InvalidDataException cause) when (_compressed.HasEnded)
        {
            throw new InvalidDataException("it ends too early, or its last part is damaged", cause);
        }
    }

    private static byte[] Compress(byte[] data)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(data);
        return compressed.ToArray();
    }

    /// <summary>One stream followed by some bytes; the stream is left open.</summary>
    private sealed class Followed(Stream first, byte[] then) : ForwardStream
    {
        private int _given;

        /// <summary>Whether the first stream has been read to its end.</summary>
        public bool HasEnded { get; private set; }

        public override bool CanRead => true;

        public override int Read(Span<byte> buffer)
        {
            var read = HasEnded ? 0 : first.Read(buffer);
            if (read > 0 || buffer.IsEmpty)
                return read;
            HasEnded = true;
            read = Math.Min(buffer.Length, then.Length - _given);
            then.AsSpan(_given, read).CopyTo(buffer);
            _given += read;
            return read;
        }
    }
}
