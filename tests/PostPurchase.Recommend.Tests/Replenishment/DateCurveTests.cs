using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class DateCurveTests
{
    private static readonly PurchaseCurve Learned = HazardCurve.Of(new GapCurve(4, 0.8, 0.6, 1), [0.02, 0.03, 0.1, 0.2, 0.2, 0.1, 0.05]);

    [Fact]
    public void On_the_day_of_a_purchase_hazards_and_gap_curve_weigh_almost_the_same()
    {
        var gap = new GapCurve(3.4, 0.3, 0.8, 0.5);
        var dates = DateCurve.Of(Learned, gap, 180);
        foreach (var day in (ReadOnlySpan<int>)[7, 14, 30, 60, 90, 150])
        {
            var expected = (0.55 * Learned.At(day) / Learned.At(180)) + (0.45 * gap.Within(day) / gap.Within(180));
            Assert.Equal(expected, dates.At(day) / dates.At(180), 5);
        }

        // As much within the horizon, and the same after it.
        foreach (var day in (ReadOnlySpan<int>)[180, 240, 365, 730])
            Assert.Equal(Learned.At(day), dates.At(day), 6);
    }

    [Theory]
    [InlineData(13.86, 0.995)]
    [InlineData(30.0, 0.5)]
    [InlineData(900.0, 0.0)]
    public void The_longer_the_wait_the_less_the_gap_curve_says(double waited, double stillWaiting)
    {
        var gap = new GapCurve(Math.Log(30), 0.3, 0.8, waited);
        var share = Math.Max(0, 1 - ((1 - gap.StillWaiting) / 0.03)) * 0.45;
        Assert.Equal(stillWaiting, gap.StillWaiting, 0.001);
        var dates = DateCurve.Of(Learned, gap, 180);
        Assert.Equal(share == 0, ReferenceEquals(Learned, dates));
        var expected = ((1 - share) * Learned.At(14)) + (share * Learned.At(180) * gap.Within(14) / Math.Max(1e-9, gap.Within(180)));
        Assert.Equal(expected, dates.At(14), 5);
    }

    [Fact]
    public void Nothing_within_the_horizon_is_left_as_it_is()
    {
        var never = new PurchaseCurve([7, 365], [0, 0.5f]);
        Assert.Same(never, DateCurve.Of(never, new GapCurve(3.4, 0.3, 0.8, 0.5), 7));
        var late = new GapCurve(12, 0.1, 0.8, 0.5);
        Assert.Same(Learned, DateCurve.Of(Learned, late, 180));
    }

    [Fact]
    public void The_curve_of_dates_rises_also_where_the_gap_curve_is_early_and_never_passes_one()
    {
        foreach (var days in new[] { 2.0, 10, 60, 170 })
        {
            var dates = DateCurve.Of(Learned, new GapCurve(Math.Log(days), 0.1, 0.9, 0.5), 180);
            var before = 0.0;
            foreach (var knot in HazardCurve.Knots)
            {
                Assert.InRange(dates.At(knot), before, 1);
                before = dates.At(knot);
            }
        }
    }
}
