namespace PostPurchase.Recommend.Scoring;

/// <summary>
/// Item vectors packed for scanning: panels of 64 items, in each the first factor of all 64, then the second, and so on. A scan
/// reads memory in one stream, scores 64 items side by side, and a panel has exactly one word of an eligibility mask.
/// </summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
internal sealed class ItemPanels
{
    /// <summary>Items in a panel.</summary>
    public const int Width = 64;

    private ItemPanels(int count, int factors, float[] values)
    {
        Count = count;
        Factors = factors;
        Values = values;
    }

    public int Count { get; }

    public int Factors { get; }

    public int Panels => (Count + Width - 1) / Width;

    /// <summary>Factor k of item i is at ((i / 64 x factors) + k) x 64 + i % 64; items beyond the last are zero.</summary>
    public float[] Values { get; }

    /// <summary>Packs vectors that stand <paramref name="stride"/> floats apart, each times its scale where scales are given.</summary>
    public static ItemPanels Pack(ReadOnlySpan<float> vectors, int count, int stride, int factors, ReadOnlySpan<float> scales = default)
    {
        var panels = (count + Width - 1) / Width;
        var values = new float[checked(panels * factors * Width)];
        for (var item = 0; item < count; item++)
        {
            var vector = vectors.Slice(item * stride, factors);
            var start = (item / Width * factors * Width) + (item % Width);
            var scale = scales.IsEmpty ? 1 : scales[item];
            for (var k = 0; k < factors; k++)
                values[start + (k * Width)] = vector[k] * scale;
        }

        return new ItemPanels(count, factors, values);
    }

    public ReadOnlySpan<float> Panel(int panel) => Values.AsSpan(panel * Factors * Width, Factors * Width);

    /// <summary>One bit for every item of the panel that exists.</summary>
    public ulong Existing(int panel) => Count - (panel * Width) is var left && left >= Width ? ulong.MaxValue : (1UL << left) - 1;
}
