using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class HazardCurveTests
{
    [Fact]
    public void The_last_knot_is_the_longest_horizon_that_windows_may_ask_for() =>
        Assert.Equal(ReplenishmentForecast.LongestHorizonDays, HazardCurve.Knots[^1]);

    [Fact]
    public void At_the_end_of_every_segment_the_curve_is_what_the_hazards_say()
    {
        double[] hazards = [0.1, 0.3, 0.02, 0.4, 0, 0.2, 0.5];
        var curve = HazardCurve.Of(new GapCurve(3.4, 0.5, 0.7, 12), hazards);
        var survived = 1.0;
        for (var k = 0; k < hazards.Length; k++)
        {
            survived *= 1 - hazards[k];
            Assert.Equal(1 - survived, curve.At(HazardSegments.End[k]), 6);
        }
    }

    [Fact]
    public void Hazards_of_the_gap_curve_itself_give_it_back()
    {
        var gap = new GapCurve(Math.Log(40), 0.6, 0.75, 10);
        var hazards = new double[HazardSegments.Count];
        for (var k = 0; k < hazards.Length; k++)
        {
            var before = gap.Within(HazardSegments.Start(k));
            hazards[k] = (gap.Within(HazardSegments.End[k]) - before) / (1 - before);
        }

        var curve = HazardCurve.Of(gap, hazards);
        // A small share of every segment is spread evenly.
        foreach (var days in HazardCurve.Knots)
            Assert.Equal(gap.Within(days), curve.At(days), 0.01);
    }

    [Fact]
    public void Any_hazards_give_a_curve_that_rises_within_zero_and_one()
    {
        var random = new SeededRandom(4);
        for (var round = 0; round < 2_000; round++)
        {
            var hazards = new double[HazardSegments.Count];
            for (var k = 0; k < hazards.Length; k++)
                hazards[k] = random.Next(5) == 0 ? random.Next(2) : random.NextDouble();
            var gap = new GapCurve(random.NextNormal() * 4, 0.05 + (3 * random.NextDouble()), random.NextDouble(), 0.5 + (random.Next(3) * 5_000));
            var curve = HazardCurve.Of(gap, hazards);
            var before = 0.0;
            for (var days = 0; days < 800; days += 5)
            {
                Assert.InRange(curve.At(days), before - 1e-7, 1);
                before = curve.At(days);
            }
        }
    }

    [Fact]
    public void Within_a_segment_the_gap_curve_says_when_and_a_little_comes_evenly()
    {
        double[] hazards = [0.1, 0.3, 0.02, 0.4, 0.05, 0.2, 0.5];
        var gap = new GapCurve(Math.Log(40), 0.6, 0.75, 10);
        var curve = HazardCurve.Of(gap, hazards);
        var survived = 1.0;
        for (var k = 0; k < hazards.Length; k++)
        {
            var (from, until) = (HazardSegments.Start(k), HazardSegments.End[k]);
            foreach (var day in HazardCurve.Knots.Where(day => day > from && day <= until))
            {
                var part = (gap.LogOpen(from) - gap.LogOpen(day)) / (gap.LogOpen(from) - gap.LogOpen(until));
                var share = (0.97 * part) + (0.03 * (day - from) / (until - from));
                Assert.Equal(1 - (survived * Math.Pow(1 - hazards[k], share)), curve.At(day), 1e-6);
            }

            survived *= 1 - hazards[k];
        }

        // After the last segment it goes on as much above itself as the hazards were.
        var ratio = -Math.Log(survived) / (gap.LogOpen(0) - gap.LogOpen(365));
        Assert.InRange(ratio, 0.5, 5);
        foreach (var day in new[] { 540, 730 })
            Assert.Equal(1 - (survived * Math.Exp(ratio * (gap.LogOpen(day) - gap.LogOpen(365)))), curve.At(day), 1e-6);
    }

    [Fact]
    public void Where_the_gap_curve_does_not_move_hazards_are_spread_evenly()
    {
        // Nobody is left who could come back, so the gap curve is flat; and beyond a year it adds nothing.
        var curve = HazardCurve.Of(new GapCurve(0, 0.1, 0.5, 10_000), [0.1, 0.3, 0.02, 0.4, 0.05, 0.2, 0.5]);
        Assert.Equal(1 - Math.Pow(0.9, 3 / 7.0), curve.At(3), 1e-6);
        Assert.Equal(1 - (0.9 * Math.Pow(0.7, 4 / 7.0)), curve.At(11), 1e-6);
        Assert.Equal(curve.At(365), curve.At(730));
    }

    [Fact]
    public void After_the_last_segment_it_goes_on_ten_times_as_fast_or_slow_at_most()
    {
        var gap = new GapCurve(Math.Log(300), 0.6, 0.75, 10);
        var (all, none) = (HazardCurve.Of(gap, [1, 1, 1, 1, 1, 1, 1]), HazardCurve.Of(gap, [0, 0, 0, 0, 0, 0, 0]));
        Assert.Equal(1, all.At(365), 1e-6);
        Assert.Equal(0, none.At(365));
        Assert.Equal(1 - Math.Exp(0.1 * (gap.LogOpen(730) - gap.LogOpen(365))), none.At(730), 1e-6);
        var slow = gap with { LogGap = Math.Log(1500) };
        Assert.Equal(
            1 - (Math.Pow(0.7, 7) * Math.Exp(10 * (slow.LogOpen(540) - slow.LogOpen(365)))), HazardCurve.Of(slow, [0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3]).At(540), 1e-6);
    }
}
