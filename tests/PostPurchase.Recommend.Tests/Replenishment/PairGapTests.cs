using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

/// <summary>A customer's own gaps against the formulas written out.</summary>
public sealed class PairGapTests
{
    private static readonly GapPrior Product = new(Math.Log(30), 0.4, 0.7);

    [Fact]
    public void Own_gaps_are_pulled_to_the_products_by_how_much_customers_differ()
    {
        var priors = Priors(customerSpread: 0.2);
        var gap = PairGap.Of(gaps: 3, sumOfLogs: 3 * Math.Log(20), daysSince: 12, Product, priors);

        // The variance within is four times the one between: the product counts as four gaps.
        Assert.Equal(((3 * Math.Log(20)) + (4 * Math.Log(30))) / 7, gap.LogGap, 1e-12);
        Assert.Equal(0.4 * Math.Sqrt(1 + (1 / 7.0)), gap.Spread, 1e-12);
        Assert.Equal((3 + (2.5 * 0.7)) / 5.5, gap.ReturnShare, 1e-12);
        Assert.Equal(11.5, gap.DaysWaited);
        Assert.Equal(0.5, PairGap.Of(0, 0, 0, Product, priors).DaysWaited);
        Assert.Equal(new GapCurve(gap.LogGap, gap.Spread, gap.ReturnShare, 11.5), gap.Curve);
    }

    [Fact]
    public void Where_no_two_differ_spreads_are_small_and_not_none()
    {
        var gap = PairGap.Of(2, 2 * Math.Log(20), 5, Product with { Spread = 0 }, Priors(customerSpread: 0));
        Assert.Equal(((2 * Math.Log(20)) + Math.Log(30)) / 3, gap.LogGap, 1e-12);
        Assert.Equal(0.01 * Math.Sqrt(4 / 3.0), gap.Spread, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Later_gaps_count_more_and_quantities_stretch_them(int purchases)
    {
        int[] days = [0, 10, 31, 44, 90, 97];
        int[] quantities = [1, 3, 2, 1, 4, 2];
        var columns = PurchaseHistory.From(
            Enumerable.Range(0, purchases).Select(i => RhythmicLog.Line("c", "p", days[i]) with { Quantity = quantities[i] })).Columns;
        var priors = Priors(customerSpread: 0.2, exponent: 0.6, memory: 0.8);
        var gap = PairGap.Of(new PairPurchases(columns, PurchasePairs.From(columns), 0, columns.LastDay + 9), Product, priors);

        var usual = quantities[..purchases].Average(q => Math.Log(q));
        var logs = Enumerable.Range(0, purchases - 1).Select(i => Math.Log(days[i + 1] - days[i]) - (0.6 * (Math.Log(quantities[i]) - usual))).ToArray();
        var weights = logs.Select((_, i) => Math.Pow(0.8, logs.Length - 1 - i)).ToArray();
        var mean = logs.Length == 0 ? 0 : logs.Zip(weights, (log, weight) => log * weight).Sum() / weights.Sum();
        var plain = PairGap.Of(logs.Length, logs.Length * mean, 9, Product, priors);
        var variance = logs.Length == 0 ? 0 : logs.Zip(weights, (log, weight) => weight * (log - mean) * (log - mean)).Sum() / weights.Sum();
        var ratio = logs.Length < 2 ? 1 : Math.Sqrt(((4 * 0.16) + (logs.Length * variance)) / (4 + logs.Length - 1) / 0.16);

        Assert.Equal(plain.LogGap + (0.6 * (Math.Log(quantities[purchases - 1]) - usual)), gap.LogGap, 1e-9);
        Assert.Equal(plain.Spread * ratio, gap.Spread, 1e-9);
        Assert.Equal((plain.ReturnShare, 8.5), (gap.ReturnShare, gap.DaysWaited));
    }

    [Fact]
    public void A_delivery_after_the_next_purchase_was_in_use_the_day_before_it()
    {
        var columns = PurchaseHistory.From([Delivered(0, 4), Delivered(10, 25), Delivered(20, 20), Delivered(21, 30), RhythmicLog.Line("c", "p", 40)]).Columns;
        var own = new PairPurchases(columns, PurchasePairs.From(columns), 0, columns.FirstDay + 43);
        Assert.Equal([4, 19, 20, 30, 40], Enumerable.Range(0, own.Count).Select(i => own.UseDay(i) - columns.FirstDay));
        Assert.Equal([6, 1, 1, 10, 3], Enumerable.Range(0, own.Count).Select(own.Gap));
        Assert.Equal(Math.Log(6), own.LogGap(0, 0, 0));

        // Nothing is known yet of what comes on the day of the question, or later.
        var earlier = new PairPurchases(columns, PurchasePairs.From(columns), 0, columns.FirstDay + 30);
        Assert.Equal((4, 21), (earlier.Count, earlier.UseDay(3) - columns.FirstDay));
        var onTheDay = new PairPurchases(columns, [9, 0, 1, 2, 3, 9], 1, 5, columns.FirstDay + 21);
        Assert.Equal((3, 10), (onTheDay.Count, onTheDay.Day(1) - columns.FirstDay));
        var sameDay = new PairPurchases(PurchaseHistory.From([Delivered(0, 9), Delivered(1, 2)]).Columns, [0, 1], 0, 2, columns.FirstDay + 5);
        Assert.Equal((0, 1, 0), (sameDay.UseDay(0) - columns.FirstDay, sameDay.Gap(0), sameDay.LogGap(0, 0, 0)));
        Assert.Equal(0, new PairPurchases(columns, PurchasePairs.From(columns), 0, columns.FirstDay).UsualLogQuantity());

        static OrderLine Delivered(int day, int delivered) =>
            RhythmicLog.Line("c", "p", day) with { DeliveredAt = RhythmicLog.FirstDay.AddDays(delivered).ToDateTime(TimeOnly.MinValue) };
    }

    [Theory]
    [InlineData(20, DueStatus.Due)]
    [InlineData(30, DueStatus.Due)]
    [InlineData(31, DueStatus.Late)]
    [InlineData(49, DueStatus.Late)]
    [InlineData(51, DueStatus.Lapsed)]
    public void A_wait_is_late_from_the_usual_gap_on_and_lapsed_when_nine_in_ten_gaps_are_over(double waited, DueStatus status)
    {
        var curve = new PurchaseCurve([7], [0.5f]);
        var forecast = new PairForecast(Evidence.Own, curve, 180, 3, 0, new PairGap(Math.Log(30), 0.4, 0.7, waited)) { Dates = curve, Basis = Evidence.Own };
        Assert.Equal(status, forecast.Status);
    }

    private static GapPriors Priors(double customerSpread, double exponent = 0, double memory = 1) => new(Product, [], [], [], [])
    {
        CustomerSpread = customerSpread,
        QuantityExponent = exponent,
        Memory = memory,
        DeliveryDays = 0,
        ReturnStrength = 2.5,
    };
}
