namespace PostPurchase.Recommend.Orders;

/// <summary>A 64-bit hash of an order id: telling orders apart needs no text. Zero is kept for "no order id".</summary>
/// <remarks>FNV-1a over UTF-16 units, finished by a multiply-xor; ASCII bytes are the same units.</remarks>
internal static class OrderHash
{
    private const ulong Start = 14695981039346656037UL;
    private const ulong Prime = 1099511628211UL;

    public static ulong Of(ReadOnlySpan<char> orderId)
    {
        var hash = Start;
        foreach (var unit in orderId)
            hash = (hash ^ unit) * Prime;
        return orderId.IsEmpty ? 0 : Finish(hash);
    }

    /// <summary>The same hash of an id that is not empty; false when it is not plain ASCII.</summary>
    public static bool TryOf(ReadOnlySpan<byte> orderId, out ulong hash)
    {
        hash = Start;
        var all = 0;
        foreach (var unit in orderId)
        {
            all |= unit;
            hash = (hash ^ unit) * Prime;
        }

        hash = Finish(hash);
        return all < 0x80;
    }

    private static ulong Finish(ulong hash)
    {
        hash = (hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15UL;
        return hash == 0 ? 1 : hash;
    }
}
