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
        var (knot, survived, previous) = (0, 1.0, 0.0);
        var (learned, alone) = (0.0, 0.0);
        for (var segment = 0; segment < hazards.Length; segment++)
        {
            var (from, until) = (HazardSegments.Start(segment), HazardSegments.End[segment]);
            var start = CumulativeHazard(previous);
            previous = gap.Within(until);
            var whole = CumulativeHazard(previous) - start;
            var hazard = -Math.Log(1 - Math.Min(hazards[segment], 0.999999));
            (learned, alone) = (learned + hazard, alone + whole);
            for (; knot < Knots.Length && Knots[knot] <= until; knot++)
            {
                var even = (Knots[knot] - from) / (until - from);
                var part = whole > 1e-12 ? (CumulativeHazard(gap.Within(Knots[knot])) - start) / whole : even;
                var share = Knots[knot] == until ? 1 : Math.Clamp((EvenShare * even) + ((1 - EvenShare) * part), 0, 1);
                probability[knot] = Rising(probability, knot, 1 - (survived * Math.Exp(-hazard * share)));
            }

            survived *= Math.Exp(-hazard);
        }

        var ratio = Math.Clamp(learned / Math.Max(alone, 1e-9), 0.1, 10);
        var reached = CumulativeHazard(previous);
        for (; knot < Knots.Length; knot++)
        {
            var further = CumulativeHazard(gap.Within(Knots[knot])) - reached;
            probability[knot] = Rising(probability, knot, 1 - (survived * Math.Exp(-ratio * Math.Max(0, further))));
        }

        return new PurchaseCurve(Knots, probability);
    }

    private static double CumulativeHazard(double probability) => -Math.Log(1 - Math.Min(probability, 1 - 1e-12));

    private static float Rising(float[] probability, int knot, double value) =>
        (float)Math.Clamp(value, knot == 0 ? 0 : probability[knot - 1], 1);
}
