using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class GapCurveTests
{
    [Theory]
    [InlineData(30, 0.2, 0.9, 5)]
    [InlineData(30, 0.7, 0.6, 40)]
    [InlineData(90, 1.2, 0.3, 1)]
    public void The_curve_equals_quadrature_over_the_gaps_that_can_still_come(double median, double spread, double share, double waited)
    {
        var curve = new GapCurve(Math.Log(median), spread, share, waited);
        var open = 1 - share + (share * Mass(waited, 1e6));
        foreach (var days in (double[])[1, 7, 30, 200])
            Assert.Equal(share * Mass(waited, waited + days) / open, curve.Within(days), 6);
        Assert.Equal(share * Mass(waited, 1e6) / open, curve.Ever, 5);

        // In the logarithm of time, where the density is a normal one.
        double Mass(double from, double until) => GaussLegendreRule.Integrate(
            x => Normal.PDF(Math.Log(median), spread, x), Math.Log(from), Math.Min(Math.Log(until), Math.Log(median) + (12 * spread)), 64)
            is var rough && Math.Log(until) - Math.Log(from) < 2 ? rough : Pieces(from, until);

        double Pieces(double from, double until)
        {
            var (low, high) = (Math.Log(from), Math.Min(Math.Log(until), Math.Log(median) + (12 * spread)));
            return Enumerable.Range(0, 64).Sum(i => GaussLegendreRule.Integrate(
                x => Normal.PDF(Math.Log(median), spread, x), low + ((high - low) * i / 64), low + ((high - low) * (i + 1) / 64), 32));
        }
    }

    [Fact]
    public void Any_curve_rises_from_zero_towards_ever_and_waiting_never_makes_a_buyer() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(NormalFloat, NormalFloat, NormalFloat, NormalFloat)>(),
            draw =>
            {
                var (a, b, c, d) = draw;
                var curve = new GapCurve(
                    Math.Clamp(a.Get % 10, -2, 9), 0.05 + Math.Abs(b.Get % 3), Math.Clamp(Math.Abs(c.Get % 1), 0.001, 0.999), 0.5 + Math.Abs(d.Get % 20_000));
                var before = 0.0;
                foreach (var days in (double[])[0, 0.5, 1, 7, 30, 365, 10_000])
                {
                    var now = curve.Within(days);
                    if (!(now >= before - 1e-12 && now <= curve.Ever + 1e-9 && now <= 1))
                        return false;
                    before = now;
                }

                return (curve with { DaysWaited = curve.DaysWaited * 2 }).Ever <= curve.Ever + 1e-12;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Gaps_times_c_give_windows_times_c()
    {
        var curve = new GapCurve(Math.Log(20), 0.4, 0.8, 6);
        var longer = curve with { LogGap = Math.Log(20 * 3.5), DaysWaited = 6 * 3.5 };
        foreach (var days in (double[])[2, 10, 25, 80])
            Assert.Equal(curve.Within(days), longer.Within(days * 3.5), 12);
    }

    [Fact]
    public void What_is_on_its_way_is_neither_due_nor_given_up()
    {
        var curve = new GapCurve(Math.Log(20), 0.4, 0.8, -6);
        Assert.Equal(1, curve.StillWaiting);
        Assert.Equal(0.8, curve.Ever, 12);
        Assert.Equal(0, curve.Within(6));
        Assert.Equal((curve with { DaysWaited = 0 }).Within(14), curve.Within(20), 12);
    }

    [Fact]
    public void Both_at_once_are_those_of_one_by_one()
    {
        foreach (var waited in new[] { -2, 0.5, 30, 400 })
        {
            var curve = new GapCurve(Math.Log(20), 0.4, 0.8, waited);
            var (within, ever) = curve.WithinAndEver(25);
            Assert.Equal(curve.Within(25), within, 12);
            Assert.Equal(curve.Ever, ever, 12);
        }
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(2, 5)]
    [InlineData(12, 15)]
    [InlineData(500, 503)]
    public void Outer_tenths_are_those_of_a_student_t(int gaps, int free) =>
        Assert.Equal(
            MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, free, 0.9) / MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, 0.9),
            PairGap.TailFactor(gaps), 0.005);
}
