using FsCheck;
using FsCheck.Fluent;
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
    public void Coverage_and_interval_score_are_those_of_going_through_the_days_of_every_window() => Prop.ForAll<ulong>(seed =>
    {
        var random = new SeededRandom(seed);
        var (first, level) = (new DateOnly(2026, 3, 1), 0.05 + (0.9 * random.NextDouble()));
        DateWindow[] windows = [.. Enumerable.Range(0, 1 + random.Next(8)).Select(_ => DateWindow.Of(first.AddDays(random.Next(20)), 1 + random.Next(12)))];
        DateOnly[] days = [.. windows.Select(_ => first.AddDays(random.Next(40) - 5))];
        var inside = 0;
        for (var i = 0; i < windows.Length; i++)
        {
            var held = Enumerable.Range(0, 100).Select(day => first.AddDays(day - 50)).Where(day => day >= windows[i].From && day < windows[i].Until).ToArray();
            inside += held.Contains(days[i]) ? 1 : 0;
            var off = held.Min(day => Math.Abs(day.DayNumber - days[i].DayNumber));
            Assert.Equal(held.Length + (off * 2 / (1 - level)), WindowMetrics.IntervalScore(windows[i], days[i], level), 9);
        }

        Assert.Equal((double)inside / windows.Length, WindowMetrics.Coverage(windows, days), 12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        Assert.Throws<ArgumentException>(() => WindowMetrics.Coverage([], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowMetrics.IntervalScore(March, March.From, 1));
    }
}
