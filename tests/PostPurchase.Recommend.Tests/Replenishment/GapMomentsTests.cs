using MathNet.Numerics.Distributions;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class GapMomentsTests
{
    // A prior that weighs nothing, so that the moments themselves show.
    private static readonly ReplenishmentOptions _free = new() { PriorGaps = 1e-9, LeastSpread = 1e-6 };

    [Theory]
    [InlineData(2.0)]
    [InlineData(3.5)]
    [InlineData(5.5)]
    public void An_open_gap_counts_as_quadrature_over_the_gaps_that_can_still_come(double logWait)
    {
        var belief = new GapPrior(3.4, 0.7, 0.6);
        var moments = default(GapMoments);
        moments.Add(logWait, ended: false, belief);
        var found = moments.Shrunk(belief, _free);

        var (survival, mean, square) = (Over(_ => 1), Over(x => x), Over(x => x * x));
        var ends = belief.ReturnShare * survival / (1 - belief.ReturnShare + (belief.ReturnShare * survival));
        Assert.Equal(ends, found.ReturnShare, 5);
        Assert.Equal(mean / survival, found.LogGap, 5);
        Assert.Equal(Math.Sqrt((square / survival) - Math.Pow(mean / survival, 2)), found.Spread, 4);

        double Over(Func<double, double> value)
        {
            const int steps = 40_000;
            var (end, sum) = (belief.LogGap + (12 * belief.Spread), 0.0);
            for (var i = 0; i < steps; i++)
            {
                var x = logWait + ((end - logWait) * (i + 0.5) / steps);
                sum += value(x) * Normal.PDF(belief.LogGap, belief.Spread, x);
            }

            return sum * (end - logWait) / steps;
        }
    }

    [Fact]
    public void Ended_gaps_count_as_they_are_and_sums_add_up()
    {
        var belief = new GapPrior(3, 1, 0.5);
        var (all, one, other) = (default(GapMoments), default(GapMoments), default(GapMoments));
        double[] gaps = [2, 2.5, 3.9, 4.2];
        for (var i = 0; i < gaps.Length; i++)
        {
            all.Add(gaps[i], ended: i != 3, belief);
            if (i % 2 == 0)
                one.Add(gaps[i], ended: i != 3, belief);
            else
                other.Add(gaps[i], ended: i != 3, belief);
        }

        one.Add(other);
        var (whole, joined) = (all.Shrunk(belief, _free), one.Shrunk(belief, _free));
        Assert.Equal(whole.LogGap, joined.LogGap, 12);
        Assert.Equal(whole.Spread, joined.Spread, 12);
        Assert.Equal(whole.ReturnShare, joined.ReturnShare, 12);
        var ended = default(GapMoments);
        foreach (var gap in gaps.Take(3))
            ended.Add(gap, ended: true, belief);
        Assert.Equal(gaps.Take(3).Average(), ended.Shrunk(belief, _free).LogGap, 6);
        Assert.Equal(0.999, ended.Shrunk(belief, _free).ReturnShare, 6);
    }

    [Fact]
    public void A_wait_far_beyond_belief_stays_finite()
    {
        var belief = new GapPrior(1, 0.05, 0.9);
        var moments = default(GapMoments);
        moments.Add(12, ended: false, belief);
        var found = moments.Shrunk(belief, new ReplenishmentOptions());
        Assert.InRange(found.LogGap, 0.9, 1.1);
        Assert.True(double.IsFinite(found.Spread) && found.ReturnShare > 0);
    }
}
