namespace PostPurchase.Recommend.Boosting;

/// <summary>
/// Where one feature's values are cut: bin b holds the values above bound b - 1 and up to bound b. Missing values have
/// the bin after the last one.
/// </summary>
internal sealed class FeatureBins
{
    // Quantiles of a quarter of a million values are as good as those of all, and sorting them is cheap.
    private const int SampledValues = 1 << 18;
    private readonly float[] _upper;

    private FeatureBins(float[] upper) => _upper = upper;

    /// <summary>The number of bins for values that are there; at least 1.</summary>
    public int Count => _upper.Length + 1;

    public byte MissingBin => (byte)Count;

    /// <summary>The largest value of the bin that goes to the left when a tree splits after it.</summary>
    public float UpperBound(int bin) => _upper[bin];

    public static FeatureBins From(ReadOnlySpan<float> values, int maxBins)
    {
        var step = Math.Max(1, values.Length / SampledValues);
        var sorted = new float[((values.Length - 1) / step) + 1];
        var count = 0;
        for (var i = 0; i < values.Length; i += step)
        {
            if (!float.IsNaN(values[i]))
                sorted[count++] = values[i];
        }

        var present = sorted.AsSpan(0, count);
        present.Sort();
        var distinct = 0;
        for (var i = 0; i < count; i++)
        {
            if (i == 0 || present[i] != present[i - 1])
                distinct++;
        }

        return new FeatureBins(distinct <= maxBins ? BetweenDistinct(present, distinct) : Quantiles(present, maxBins));
    }

    public byte Bin(float value)
    {
        if (float.IsNaN(value))
            return MissingBin;
        var low = 0;
        var high = _upper.Length;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (value <= _upper[middle])
                high = middle;
            else
                low = middle + 1;
        }

        return (byte)low;
    }

    private static float[] BetweenDistinct(ReadOnlySpan<float> sorted, int distinct)
    {
        if (distinct <= 1)
            return [];
        var upper = new float[distinct - 1];
        var bound = 0;
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] != sorted[i - 1])
                upper[bound++] = Between(sorted[i - 1], sorted[i]);
        }

        return upper;
    }

    private static float[] Quantiles(ReadOnlySpan<float> sorted, int bins)
    {
        List<float> upper = [];
        // A value that fills several quantiles gets one bin, and the rest of the bins share what is left.
        var start = 0;
        while (start < sorted.Length && upper.Count < bins - 1)
        {
            var left = bins - upper.Count;
            var end = start + Math.Max(1, (sorted.Length - start) / left);
            while (end < sorted.Length && sorted[end] == sorted[end - 1])
                end++;
            if (end >= sorted.Length)
                break;
            upper.Add(Between(sorted[end - 1], sorted[end]));
            start = end;
        }

        return [.. upper];
    }

    // The middle, so that a value never seen falls to the nearer side; rounding must not lift it onto the upper value.
    private static float Between(float below, float above)
    {
        var middle = (float)(((double)below + above) / 2);
        return middle >= below && middle < above ? middle : below;
    }
}
