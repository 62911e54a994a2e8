namespace PostPurchase.Recommend;

/// <summary>Looks things up in what is in ascending order.</summary>
internal static class SortedSpan
{
    /// <summary>The first place whose value is no less than the one asked for, of equal values the first; the length when all are less.</summary>
    public static int FirstAtLeast<T>(ReadOnlySpan<T> sorted, T value)
        where T : IComparable<T>
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle].CompareTo(value) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
