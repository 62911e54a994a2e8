namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// The curve that dates are read from. How much happens within the horizon the learned hazards say; when, they and the gap curve say
/// together (a linear opinion pool: Stone 1961): almost half and half on the day of a purchase, hazards alone as soon as a purchase could be due.
/// Hazards learned from everybody take a customer who keeps time for one who may have lapsed, and the gap curve knows nothing of those who have.
/// </summary>
internal static class DateCurve
{
    private const double LargestShare = 0.45;

    // The wait, as the share of such gaps that are over by then, from which on hazards alone say when.
    private const double LongestWait = 0.03;

    public static PurchaseCurve Of(PurchaseCurve curve, in GapCurve gap, int horizonDays)
    {
        var share = LargestShare * (1 - ((1 - gap.StillWaiting) / LongestWait));
        if (share <= 0)
            return curve;
        var (within, gapWithin) = (curve.At(horizonDays), gap.Within(horizonDays));
        if (!(within > 0 && gapWithin > 1e-9))
            return curve;
        var knots = HazardCurve.Knots;
        var probability = new float[knots.Length];
        for (var i = 0; i < knots.Length; i++)
        {
            var learned = curve.At(knots[i]);
            var pooled = knots[i] <= horizonDays ? ((1 - share) * learned) + (share * within * gap.Within(knots[i]) / gapWithin) : learned;
            probability[i] = (float)Math.Clamp(pooled, i == 0 ? 0 : probability[i - 1], 1);
        }

        return new PurchaseCurve(knots, probability);
    }
}
