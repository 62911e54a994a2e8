namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// Joins learned hazards and a gap curve: in every segment the learned hazard says how much, the gap curve when; after the
/// last segment the gap curve goes on, as much above or below itself as the learned hazards were.
/// </summary>
internal static class HazardCurve
{
    /// <summary>Days ahead at which a curve has knots, in order; every segment's end is one.</summary>
    public static readonly float[] Knots =
        [1, 2, 3, 4, 5, 6, 7, 9, 11, 14, 18, 22, 26, 30, 37, 45, 52, 60, 75, 90, 120, 150, 180, 240, 300, 365, 540, 730];

    // A share of each segment is spread evenly: the gap curve may be surer of the day than anyone can be.
    private const double EvenShare = 0.03;

    public static PurchaseCurve Of(in GapCurve gap, ReadOnlySpan<double> hazards)
    {
        var probability = new float[Knots.Length];
        var (knot, survived) = (0, 1.0);
        var (now, learned) = (gap.LogOpen(0), 0.0);
        var start = now;
        Span<double> alone = stackalloc double[Knots.Length];
        for (var segment = 0; segment < hazards.Length; segment++)
        {
            var (from, until) = (HazardSegments.Start(segment), HazardSegments.End[segment]);
            var first = knot;
            for (; Knots[knot] <= until; knot++)
                alone[knot] = start - gap.LogOpen(Knots[knot]);
            var whole = alone[knot - 1];
            start -= whole;
            var hazard = -Math.Log(1 - Math.Min(hazards[segment], 0.999999));
            learned += hazard;
            for (var i = first; i < knot; i++)
            {
                var even = (Knots[i] - from) / (until - from);
                var part = whole > 1e-12 ? alone[i] / whole : even;
                var share = Math.Clamp((EvenShare * even) + ((1 - EvenShare) * part), 0, 1);
                probability[i] = Rising(probability, i, 1 - (survived * Math.Exp(-hazard * share)));
            }

            survived *= Math.Exp(-hazard);
        }

        var ratio = Math.Clamp(learned / Math.Max(now - start, 1e-9), 0.1, 10);
        for (; knot < Knots.Length; knot++)
            probability[knot] = Rising(probability, knot, 1 - (survived * Math.Exp(-ratio * Math.Max(0, start - gap.LogOpen(Knots[knot])))));
        return new PurchaseCurve(Knots, probability);
    }

    private static float Rising(float[] probability, int knot, double value) =>
        (float)Math.Clamp(value, knot == 0 ? 0 : probability[knot - 1], 1);
}
