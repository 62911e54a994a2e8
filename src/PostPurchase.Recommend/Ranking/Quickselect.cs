namespace PostPurchase.Recommend.Ranking;

/// <summary>Hoare's selection with the median of three as pivot, so it is deterministic.</summary>
internal static class Quickselect
{
    /// <summary>The value at the place in descending order; the span is reordered.</summary>
    public static float Descending(Span<float> values, int place)
    {
        var low = 0;
        var high = values.Length - 1;
        while (low < high)
        {
            var (a, b, c) = (values[low], values[low + ((high - low) >> 1)], values[high]);
            var pivot = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
            var i = low;
            var j = high;
            while (i <= j)
            {
                while (values[i] > pivot)
                    i++;
                while (values[j] < pivot)
                    j--;
                if (i > j)
                    break;
                (values[i], values[j]) = (values[j], values[i]);
                i++;
                j--;
            }

            if (place <= j)
                high = j;
            else if (place >= i)
                low = i;
            else
                return values[place];
        }

        return values[place];
    }
}
