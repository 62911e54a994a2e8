using PostPurchase.Recommend.Evaluation;

namespace PostPurchase.Recommend.Tests.Evaluation;

public sealed class WindowMetricsTests
{
    private static readonly DateWindow March = new(new DateOnly(2026, 3, 1), new DateOnly(2026, 4, 1));

    [Fact]
    public void Coverage_counts_days_inside_half_open_windows() => Assert.Equal(
        2.0 / 4,
        WindowMetrics.Coverage(
            [March, March, March, March],
            [new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31), new DateOnly(2026, 4, 1), new DateOnly(2026, 2, 28)]));

    [Theory]
    [InlineData("2026-03-01", 31)]
    [InlineData("2026-03-31", 31)]
    [InlineData("2026-04-01", 31 + 10)]
    [InlineData("2026-02-26", 31 + 30)]
    public void Interval_score_adds_ten_days_for_every_day_outside_an_80_percent_window(string day, double expected) =>
        Assert.Equal(expected, WindowMetrics.IntervalScore(March, DateOnly.Parse(day, null), 0.8), 10);

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        Assert.Throws<ArgumentException>(() => WindowMetrics.Coverage([], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowMetrics.IntervalScore(March, March.From, 1));
    }
}
