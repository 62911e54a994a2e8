namespace PostPurchase.Recommend.Tests;

public sealed class PurchaseCurveTests
{
    private static readonly float[] Days = [2, 5, 6, 10, 40];

    // Nothing at first, a flat part in the middle, and some who never buy.
    private static readonly PurchaseCurve Some = new([.. Days], [0, 0.2f, 0.2f, 0.5f, 0.75f]);
    private static readonly PurchaseCurve All = new([4, 8, 20], [0.5f, 1, 1]);

    [Fact]
    public void The_curve_goes_through_its_knots_and_ends_at_the_last()
    {
        Assert.Equal([0, 0.2f, 0.2f, 0.5f, 0.75f], Days.Select(day => (float)Some.At(day)));
        Assert.Equal([0, 0, 0.75, 0.75], new[] { -3, 0, 40.5, 1e9 }.Select(Some.At));
        Assert.Equal(0.75, Some.Limit);
    }

    [Theory]
    [InlineData(2.5)]
    [InlineData(3.0)]
    [InlineData(7.0)]
    [InlineData(9.9)]
    [InlineData(11.0)]
    [InlineData(39.0)]
    public void Between_knots_the_hazard_is_constant(double day)
    {
        var next = Array.FindIndex(Days, knot => knot > day);
        var (from, until) = (Days[next - 1], Days[next]);
        var (before, after) = (Hazard(Some, from), Hazard(Some, until));
        Assert.Equal(before + ((after - before) * (day - from) / (until - from)), Hazard(Some, day), 1e-9);
    }

    [Fact]
    public void Before_the_first_knot_it_rises_from_nothing_on_the_day_itself() => Assert.Equal(Hazard(All, 4) / 4, Hazard(All, 1), 1e-12);

    [Fact]
    public void Where_everybody_buys_the_rest_comes_evenly()
    {
        Assert.Equal([0.625, 0.75, 1, 1, 1], new[] { 5, 6, 8, 9, 21.0 }.Select(All.At));
        Assert.Equal([0, 5, 8], new[] { 0, 0.625, 1 }.Select(All.Quantile));
        var atOnce = new PurchaseCurve([2, 3], [1, 1]);
        Assert.Equal((0.5, 1, 1), (atOnce.At(1), atOnce.At(2), atOnce.At(2.5)));
        Assert.Equal(1, atOnce.Quantile(0.5));
    }

    [Fact]
    public void By_a_quantile_that_share_of_the_purchases_has_happened_and_not_before()
    {
        for (var share = 0.01; share < 1; share += 0.01)
        {
            var day = Some.Quantile(share);
            Assert.Equal(share * Some.Limit, Some.At(day), 1e-6);
            Assert.True(Some.At(day - 1e-3) < share * Some.Limit);
        }

        Assert.Equal(40, Some.Quantile(1), 1e-9);
        Assert.Equal(40, Some.Quantile(1 + 1e-12), 1e-9);
        Assert.Equal(0, Some.Quantile(0));
        Assert.Equal(0, new PurchaseCurve([5], [0]).Quantile(0.5));
    }

    [Fact]
    public void At_the_start_of_a_flat_part_what_it_adds_has_happened() => Assert.Equal(5, Some.Quantile(0.2f / 0.75), 1e-6);

    [Theory]
    [InlineData(new float[0], new float[0])]
    [InlineData(new float[] { 1, 2 }, new float[] { 0.5f })]
    [InlineData(new float[] { 0 }, new float[] { 0.5f })]
    [InlineData(new float[] { 1, 1 }, new float[] { 0.5f, 0.6f })]
    [InlineData(new float[] { 1, float.PositiveInfinity }, new float[] { 0.5f, 0.6f })]
    [InlineData(new float[] { 1, float.NaN }, new float[] { 0.5f, 0.6f })]
    [InlineData(new float[] { 1, 2 }, new float[] { 0.5f, 0.4f })]
    [InlineData(new float[] { 1 }, new float[] { -0.1f })]
    [InlineData(new float[] { 1 }, new float[] { 1.1f })]
    [InlineData(new float[] { 1 }, new float[] { float.NaN })]
    public void Knots_that_are_no_curve_are_refused(float[] days, float[] probability) =>
        Assert.ThrowsAny<ArgumentException>(() => new PurchaseCurve(days, probability));

    private static double Hazard(PurchaseCurve curve, double day) => -Math.Log(1 - curve.At(day));

    [Fact]
    public void The_lower_of_two_curves_lies_at_or_below_both_on_every_day()
    {
        var other = new PurchaseCurve([.. Days], [0.1f, 0.15f, 0.3f, 0.3f, 0.8f]);
        var lower = Some.AtMost(other);
        Assert.Equal([0, 0.15f, 0.2f, 0.3f, 0.75f], Days.Select(day => (float)lower.At(day)));
        for (var day = 0.5; day < 45; day += 0.5)
            Assert.InRange(lower.At(day), 0, Math.Min(Some.At(day), other.At(day)) + 1e-12);
        Assert.Same(lower, lower.AtMost(Some));
        Assert.Throws<ArgumentException>(() => Some.AtMost(All));
    }
}
