namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// Pairs of customer and product as they stood on days inside the history, with what followed: the rows hazards are learned from.
/// </summary>
internal sealed class HazardSample
{
    /// <summary>How many of the features of a row are looked at.</summary>
    public required int UsedFeatures { get; init; }

    public required float[] Features { get; init; }

    /// <summary>The customer of every row.</summary>
    public required int[] Customer { get; init; }

    /// <summary>Days from the day asked about to the next purchase; -1 when none is in the history.</summary>
    public required int[] DaysToPurchase { get; init; }

    /// <summary>Days from the day asked about to the end of the history.</summary>
    public required int[] DaysFollowed { get; init; }

    public int Rows => DaysToPurchase.Length;

    public ReadOnlySpan<float> Row(int row) => Features.AsSpan(row * PairFeatures.Count, PairFeatures.Count);

    /// <summary>Whether the row says anything about the segment: followed through it, and no purchase before it.</summary>
    public bool Informs(int row, int segment) =>
        DaysFollowed[row] >= HazardSegments.End[segment]
        && (DaysToPurchase[row] < 0 || DaysToPurchase[row] >= HazardSegments.Start(segment));

    public bool BoughtIn(int row, int segment) =>
        DaysToPurchase[row] >= HazardSegments.Start(segment) && DaysToPurchase[row] < HazardSegments.End[segment];
}
