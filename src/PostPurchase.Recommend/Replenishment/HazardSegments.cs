namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// The days ahead in which the hazard of a purchase is learned: one probability a segment, given no purchase before it.
/// Their product is a survival curve that never rises (discrete-time survival: Cox 1972; Singer and Willett 1993).
/// </summary>
internal static class HazardSegments
{
    /// <summary>The day after each segment, counted from the day asked about.</summary>
    public static readonly int[] End = [7, 14, 30, 60, 90, 180, 365];

    public static int Count => End.Length;

    public static int Start(int segment) => segment == 0 ? 0 : End[segment - 1];
}
