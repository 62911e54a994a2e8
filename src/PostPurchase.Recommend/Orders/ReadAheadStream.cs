using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace PostPurchase.Recommend.Orders;

/// <summary>Reads a stream on a thread of its own, a few blocks ahead: decompressing and parsing take turns no longer.</summary>
internal sealed class ReadAheadStream : ForwardStream
{
    // So far ahead that on a busy machine either side can go on for a while without the other.
    private const int BlockBytes = 1 << 18;
    private const int MostBlocks = 16;
    private readonly BlockingCollection<ArraySegment<byte>> _read = new(MostBlocks);
    private readonly ConcurrentBag<byte[]> _free = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private ArraySegment<byte> _block;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts to read; nothing else may use the stream until this one is disposed.</summary>
    public ReadAheadStream(Stream source) =>
        _reading = Task.Factory.StartNew(() => ReadAll(source), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        while (_block.Count == 0)
        {
            if (_block.Array is { } used)
                _free.Add(used);
            if (_read.TryTake(out _block, Timeout.Infinite))
                continue;
            // An error comes where it belongs: after all that was read before it.
            _failure?.Throw();
            return 0;
        }

        var count = Math.Min(buffer.Length, _block.Count);
        _block.AsSpan(0, count).CopyTo(buffer);
        _block = _block[count..];
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
            _reading.Wait();
            _read.Dispose();
            _stop.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ReadAll(Stream source)
    {
        try
        {
            for (var filled = BlockBytes; filled == BlockBytes;)
            {
                if (!_free.TryTake(out var buffer))
                    buffer = new byte[BlockBytes];
                filled = Fill(source, buffer);
                if (filled > 0)
                    _read.Add(new ArraySegment<byte>(buffer, 0, filled), _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Who stops early wants no more blocks.
        }
        finally
        {
            _read.CompleteAdding();
        }
    }

    /// <summary>Fills the block as far as the stream goes, or as far as it goes before an error.</summary>
    private int Fill(Stream source, byte[] buffer)
    {
        var filled = 0;
        try
        {
            for (var count = 1; count > 0 && filled < buffer.Length && !_stop.IsCancellationRequested; filled += count)
                count = source.Read(buffer.AsSpan(filled));
        }
        catch (Exception cause)
        {
            _failure = ExceptionDispatchInfo.Capture(cause);
        }

        return filled;
    }
}
