using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Orders;

public sealed class ReadAheadStreamTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_000)]
    public void Gives_what_the_stream_gives(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
            bytes[i] = (byte)(i * 7919);
        using var source = new MemoryStream(bytes);
        using var ahead = new ReadAheadStream(source);
        using var copy = new MemoryStream();
        ahead.CopyTo(copy, 1000);
        Assert.True(bytes.AsSpan().SequenceEqual(copy.ToArray()));
        Assert.Equal(0, ahead.Read(new byte[1]));
    }

    [Fact]
    public void An_error_comes_after_the_bytes_before_it()
    {
        using var source = new Failing(5);
        using var ahead = new ReadAheadStream(source);
        var buffer = new byte[10];
        Assert.Equal(5, ahead.ReadAtLeast(buffer, 5));
        Assert.Equal("torn", Assert.Throws<InvalidDataException>(() => ahead.Read(buffer)).Message);
    }

    [Fact]
    public void Stopping_early_stops_the_reading()
    {
        using var source = new Failing(int.MaxValue);
        using (var ahead = new ReadAheadStream(source))
            Assert.Equal(3, ahead.ReadAtLeast(new byte[3], 3));
        var reads = source.Reads;
        Thread.Sleep(20);
        Assert.Equal(reads, source.Reads);
    }

    /// <summary>Gives some bytes and then an error.</summary>
    private sealed class Failing(int bytes) : ForwardStream
    {
        private int _left = bytes;

        public int Reads { get; private set; }

        public override bool CanRead => true;

        public override int Read(Span<byte> buffer)
        {
            Reads++;
            if (_left == 0)
                throw new InvalidDataException("torn");
            var count = Math.Min(_left, buffer.Length);
            _left -= count;
            return count;
        }
    }
}
