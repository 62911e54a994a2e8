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
}
