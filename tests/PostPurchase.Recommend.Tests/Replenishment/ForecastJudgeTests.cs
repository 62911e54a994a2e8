using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class ForecastJudgeTests
{
    private static readonly PurchaseCurve Curve = HazardCurve.Of(new GapCurve(4, 0.8, 0.6, 1), [0.02, 0.03, 0.1, 0.2, 0.2, 0.1, 0.05]);

    [Theory]
    [InlineData(20, 180)]
    [InlineData(72, 180)]
    [InlineData(100, 250)]
    [InlineData(292, 730)]
    [InlineData(5000, 730)]
    public void Two_and_a_half_gaps_are_looked_ahead_within_what_the_curve_covers(double gapDays, int horizon) =>
        Assert.Equal(horizon, new ForecastJudge(180, 1).Judge(Curve, Evidence.Own, 3, 900, new PairGap(Math.Log(gapDays + 0.001), 0.4, 0.7, 5)).HorizonDays);

    [Fact]
    public void Without_a_gap_the_options_say_how_far_and_without_own_purchases_dates_are_those_of_the_curve()
    {
        Assert.Equal(1, new ForecastJudge(1, 1).Judge(Curve, Evidence.Product, 0, 0, default).HorizonDays);
        Assert.Same(Curve, new ForecastJudge(180, 1).Judge(Curve, Evidence.Product, 0, 900, new PairGap(Math.Log(30), 0.4, 0.7, 0.5)).Dates);
        var forecast = new ForecastJudge(90, 1).Judge(Curve, Evidence.Product, 0, 0, default);
        Assert.Equal((90, Evidence.Product, 0), (forecast.HorizonDays, forecast.Evidence, forecast.TimesBought));
        Assert.Same(Curve, forecast.Dates);
    }

    [Fact]
    public void Dates_come_of_the_gap_as_wide_as_the_few_gaps_it_is_known_from_make_it()
    {
        var gap = new PairGap(Math.Log(30), 0.4, 0.7, 0.5);
        foreach (var times in new[] { 1, 4 })
        {
            var expected = DateCurve.Of(Curve, gap.Curve with { Spread = 0.4 * PairGap.TailFactor(times - 1) }, 180);
            var dates = new ForecastJudge(180, 1).Judge(Curve, Evidence.Own, times, 900, gap).Dates;
            Assert.Equal(HazardCurve.Knots.Select(day => expected.At(day)), HazardCurve.Knots.Select(day => dates.At(day)));
        }
    }

    // At a constant hazard the curve is chance itself: eight in ten of its purchases take just as long.
    [Theory]
    [InlineData(120, 1.02, true)]
    [InlineData(120, 0.98, false)]
    [InlineData(1000, 1.02, true)]
    [InlineData(1000, 0.98, false)]
    public void Chance_is_a_constant_hazard(double meanDays, double widest, bool isPredictable)
    {
        var constant = new PurchaseCurve([100, 180, 730], [.. new[] { 100, 180, 730 }.Select(day => (float)(1 - Math.Exp(-day / meanDays)))]);
        var evidence = new ForecastJudge(180, widest).Judge(constant, Evidence.Population, 0, 0, default).Evidence;
        Assert.Equal(isPredictable ? Evidence.Population : Evidence.NotPredictable, evidence);
    }

    [Fact]
    public void What_comes_on_one_day_is_better_than_chance_and_what_never_comes_is_not()
    {
        Assert.Equal(Evidence.Own, new ForecastJudge(180, 0.1).Judge(new PurchaseCurve([59, 60, 730], [0, 1, 1]), Evidence.Own, 0, 0, default).Evidence);
        Assert.Equal(Evidence.NotPredictable, new ForecastJudge(180, 10).Judge(new PurchaseCurve([180, 730], [0, 1]), Evidence.Own, 0, 0, default).Evidence);
    }

    [Fact]
    public void Within_its_need_a_product_is_judged_anew_by_what_is_left_of_its_curve()
    {
        var judge = new ForecastJudge(180, 1);
        var gap = new PairGap(Math.Log(90), 0.4, 0.7, 80);
        var product = judge.Judge(Curve, Evidence.Own, 4, 900, gap) with { BaseProduct = 7 };
        var curve = HazardCurve.Of(new GapCurve(5, 0.3, 0.9, 1), [0.001, 0.001, 0.01, 0.1, 0.5, 0.5, 0.3]);
        var need = judge.Judge(curve, Evidence.Own, 9, 975, new PairGap(Math.Log(90), 0.4, 0.9, 5));
        var within = judge.Within(product, need);
        var expected = judge.Judge(Curve.AtMost(curve), Evidence.Own, 4, 900, gap) with { BaseProduct = 7, NeedStatus = DueStatus.Due };
        Assert.Equal(expected with { Curve = within.Curve, Dates = within.Dates }, within);
        Assert.Equal(HazardCurve.Knots.Select(day => Math.Min(Curve.At(day), curve.At(day))), HazardCurve.Knots.Select(day => within.Curve.At(day)));
        Assert.True(within.Dates.Quantile(0.5) > product.Dates.Quantile(0.5));

        // What it stands on is not forgotten where no date could be given, and what lies below its need anyway stays as it is.
        Assert.Equal(DueStatus.Late, judge.Within(within, need with { Gap = need.Gap with { DaysWaited = 100 } }).Status);
        var never = new ForecastJudge(180, 1e-3).Judge(Curve, Evidence.Own, 4, 900, gap);
        Assert.Equal(Evidence.NotPredictable, never.Evidence);
        Assert.Equal(Evidence.Own, judge.Within(never, need).Evidence);
        Assert.Equal(within, judge.Within(within, need));
    }
}
