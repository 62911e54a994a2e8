namespace PostPurchase.Recommend.Orders;

/// <summary>Reads the timestamps of line after line. The lines of an order say the same, and that is told faster than read.</summary>
internal sealed class RepeatedTimestamp
{
    private readonly byte[] _text = new byte[Utf8Values.LongestTimestamp];
    private int _length = -1;
    private int _day;
    private int _second;

    /// <inheritdoc cref="Utf8Values.TryTimestamp"/>
    public bool TryRead(ReadOnlySpan<byte> text, out int day, out int second)
    {
        if (text.Length == _length && text.SequenceEqual(_text.AsSpan(0, _length)))
        {
            (day, second) = (_day, _second);
            return true;
        }

        if (!Utf8Values.TryTimestamp(text, out day, out second))
            return false;
        text.CopyTo(_text);
        (_length, _day, _second) = (text.Length, day, second);
        return true;
    }
}
