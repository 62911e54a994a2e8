namespace PostPurchase.Recommend.Orders;

/// <summary>A stream whose first bytes have been looked at and are given out again: a pipe cannot go back.</summary>
internal sealed class PeekedStream : ForwardStream
{
    private readonly Stream _stream;
    private ReadOnlyMemory<byte> _head;

    private PeekedStream(Stream stream, ReadOnlyMemory<byte> head) => (_stream, _head) = (stream, head);

    public override bool CanRead => true;

    /// <summary>Whether the stream starts as gzip does; <paramref name="whole"/> is the stream from where it stood.</summary>
    public static bool IsGzip(Stream stream, out Stream whole)
    {
        var start = stream.CanSeek ? stream.Position : 0;
        var head = new byte[2];
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (stream.CanSeek)
            stream.Position = start;
        whole = stream.CanSeek ? stream : new PeekedStream(stream, head.AsMemory(0, read));
        return read == head.Length && head is [0x1F, 0x8B];
    }

    public override int Read(Span<byte> buffer)
    {
        if (_head.IsEmpty)
            return _stream.Read(buffer);
        var count = Math.Min(buffer.Length, _head.Length);
        _head.Span[..count].CopyTo(buffer);
        _head = _head[count..];
        return count;
    }
}
