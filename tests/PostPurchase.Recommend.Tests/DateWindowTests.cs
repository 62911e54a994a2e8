namespace PostPurchase.Recommend.Tests;

public sealed class DateWindowTests
{
    private static readonly DateOnly From = new(2026, 2, 27);

    [Fact]
    public void A_window_holds_its_first_day_and_not_the_one_after_it()
    {
        var window = DateWindow.Of(From, 3);
        Assert.Equal(new DateWindow(From, new DateOnly(2026, 3, 2)), window);
        Assert.Equal([false, true, true, true, false], Enumerable.Range(-1, 5).Select(day => window.Contains(From.AddDays(day))));
        Assert.Equal(3, window.Days);
        Assert.Equal("[2026-02-27, 2026-03-02)", window.ToString());
    }

    [Fact]
    public void A_window_may_be_empty_but_not_end_before_it_starts()
    {
        Assert.Equal(0, new DateWindow(From, From).Days);
        Assert.False(new DateWindow(From, From).Contains(From));
        var error = Assert.Throws<ArgumentException>(() => new DateWindow(From, From.AddDays(-1)));
        Assert.Equal("until", error.ParamName);
        Assert.Contains("2026-02-26", error.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => DateWindow.Of(From, -1));
        Assert.ThrowsAny<ArgumentException>(() => DateWindow.Of(DateOnly.MaxValue, 1));
    }
}
