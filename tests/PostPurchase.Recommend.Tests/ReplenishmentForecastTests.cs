namespace PostPurchase.Recommend.Tests;

/// <summary>What a forecast says, read off a curve on which every day is known.</summary>
public sealed class ReplenishmentForecastTests
{
    private static readonly DateOnly AsOf = new(2026, 3, 1);

    // One day after the other, and half of them after day 200, beyond the horizon.
    private static readonly PurchaseCurve Curve = new([10, 20, 30, 200, 400], [0.1f, 0.3f, 0.4f, 0.4f, 0.8f]);

    [Fact]
    public void Probabilities_are_read_off_the_curve()
    {
        var forecast = Forecast();
        Assert.Equal(0.8f, forecast.ProbabilityEver);
        Assert.Equal([0, 0.1f, 0.3f, 0.8f], new[] { 0, 10, 20, 1000 }.Select(days => (float)forecast.ProbabilityWithin(days)));
        Assert.Throws<ArgumentOutOfRangeException>(() => forecast.ProbabilityWithin(-1));
    }

    [Theory]
    [InlineData(10, 20, 0.2)]
    [InlineData(0, 20, 0.3)]
    [InlineData(-5, 20, 0.3)]
    [InlineData(-5, 0, 0)]
    [InlineData(-9, -5, 0)]
    [InlineData(20, 20, 0)]
    [InlineData(30, 200, 0)]
    public void Of_a_window_only_the_part_that_is_still_to_come_counts(int from, int until, double probability) =>
        Assert.Equal(probability, Forecast().ProbabilityIn(new DateWindow(AsOf.AddDays(from), AsOf.AddDays(until))), 1e-7);

    [Fact]
    public void The_due_date_is_the_median_of_the_purchases_within_the_horizon()
    {
        // Half of 0.4 is reached on the second day of ten, at a constant hazard of log(0.9 / 0.7) / 10.
        var day = 10 + (10 * Math.Log(0.9 / 0.8) / Math.Log(0.9 / 0.7));
        Assert.Equal(AsOf.AddDays((int)Math.Floor(day)), Forecast().DueDate);
        Assert.Equal(AsOf.AddDays(20), Forecast(horizonDays: 100, dates: new PurchaseCurve([20, 21, 100], [0, 0.4f, 0.4f])).DueDate);
    }

    [Theory]
    [InlineData(0.5, null, 10, 20)]
    [InlineData(0.5, 20, 7, 16)]
    [InlineData(0.5, 730, 15, 274)]
    [InlineData(0.9, 730, 4, 367)]
    [InlineData(0.8, 1, 0, 1)]
    public void A_window_holds_its_share_of_the_purchases_within_its_days(double level, int? withinDays, int from, int until)
    {
        var window = Forecast().Window(level, withinDays)!.Value;
        Assert.Equal(new DateWindow(AsOf.AddDays(from), AsOf.AddDays(until)), window);
    }

    [Fact]
    public void Eight_in_ten_within_the_horizon_is_the_usual_window() => Assert.Equal(Forecast().Window(0.8, 180), Forecast().Window());

    [Fact]
    public void A_window_is_a_day_at_least_and_ends_with_the_calendar()
    {
        var sure = new PurchaseCurve([20, 20.1f], [0, 1]);
        Assert.Equal(DateWindow.Of(AsOf.AddDays(20), 1), Forecast(dates: sure).Window());
        var last = new ReplenishmentForecast("c", "p", DateOnly.MaxValue.AddDays(-25), Evidence.Own, Curve, 180);
        Assert.Equal(DateOnly.MaxValue, last.Window(0.5, 730)!.Value.Until);
    }

    [Theory]
    [InlineData(0.0, null)]
    [InlineData(1.0, null)]
    [InlineData(double.NaN, null)]
    [InlineData(0.8, 0)]
    [InlineData(0.8, 731)]
    public void What_lies_outside_is_refused_also_where_there_is_no_date(double level, int? withinDays)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Forecast().Window(level, withinDays));
        Assert.Throws<ArgumentOutOfRangeException>(() => Forecast(Evidence.NotPredictable).Window(level, withinDays));
    }

    [Fact]
    public void Without_a_date_there_is_no_window_but_still_a_probability()
    {
        var forecast = Forecast(Evidence.NotPredictable);
        Assert.False(forecast.IsPredictable);
        Assert.Null(forecast.DueDate);
        Assert.Null(forecast.Window());
        Assert.Equal(0.3f, forecast.ProbabilityWithin(20));
    }

    [Fact]
    public void Where_nothing_will_happen_the_date_is_the_day_itself() =>
        Assert.Equal(AsOf, Forecast(dates: new PurchaseCurve([7], [0])).DueDate);

    [Fact]
    public void A_forecast_reads_as_a_sentence()
    {
        var due = $"due {Forecast().DueDate:yyyy-MM-dd}";
        Assert.Equal($"never bought; {due}", Forecast().ToString());
        Assert.Equal("never bought; not predictable", Forecast(Evidence.NotPredictable).ToString());
        Assert.Equal($"bought once, about every 30 days, last 9 days ago; {due}", Bought().ToString());
        var first = new ReplenishmentForecast("c", "p", AsOf, Evidence.Product, Curve, 180) { BaseProductId = "brush", DaysSinceBase = 12 };
        Assert.Equal($"never bought, goes with brush bought 12 days ago; {due}", first.ToString());

        static ReplenishmentForecast Bought() => new("c", "p", AsOf, Evidence.Own, Curve, 180) { TimesBought = 1, DaysSinceLast = 9, TypicalGapDays = 30 };
    }

    private static ReplenishmentForecast Forecast(Evidence evidence = Evidence.Own, int horizonDays = 180, PurchaseCurve? dates = null) =>
        new("c", "p", AsOf, evidence, Curve, horizonDays, dates);
}
