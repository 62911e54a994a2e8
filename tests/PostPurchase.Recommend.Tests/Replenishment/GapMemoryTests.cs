using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class GapMemoryTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(0.3, 0.6, 0.9)]
    public void Old_gaps_count_less_where_rhythms_drift(double drift, double least, double most)
    {
        var random = new SeededRandom(3);
        List<OrderLine> lines = [];
        for (var customer = 0; customer < 300; customer++)
        {
            var (day, rhythm) = (0.0, Math.Log(30));
            while (day < 900)
            {
                lines.Add(RhythmicLog.Line($"c{customer}", "p", (int)day));
                rhythm += drift * random.NextNormal();
                day += Math.Max(1, Math.Exp(rhythm + (0.3 * random.NextNormal())));
            }
        }

        Assert.InRange(Priors(lines).Memory, least, most);
    }

    [Fact]
    public void A_customer_who_keeps_time_has_a_narrower_spread_and_the_newest_gaps_count_most()
    {
        var lines = RhythmicLog.Lines(200, [("p", 30, 0.5, 0.1)], 700, 1);
        Add("steady", 30, 30, 30, 30, 30, 30, 30, 30);
        Add("erratic", 10, 90, 10, 90, 10, 90, 10, 90);
        Add("faster", 90, 90, 90, 90, 10, 10, 10, 10);
        Add("slower", 10, 10, 10, 10, 90, 90, 90, 90);
        var columns = PurchaseHistory.From(lines).Columns;
        var pairs = PurchasePairs.From(columns);
        var learned = GapPriorsEstimator.Estimate(columns, pairs, columns.LastDay + 1, new ReplenishmentOptions());
        PairGap Gap(string customer, double memory)
        {
            var priors = new GapPriors(learned.Population, [], [], [], [])
            {
                CustomerSpread = learned.CustomerSpread,
                QuantityExponent = 0,
                ReturnStrength = learned.ReturnStrength,
                Memory = memory,
                DeliveryDays = learned.DeliveryDays,
            };
            return PairGap.Of(new PairPurchases(columns, pairs, pairs.Find(columns.Customers.Find(customer), 0), columns.LastDay + 1), priors.Of(0), priors);
        }

        Assert.InRange(Gap("steady", 1).Spread / Gap("erratic", 1).Spread, 0.3, 0.75);
        Assert.Equal(Gap("faster", 1).LogGap, Gap("slower", 1).LogGap, 9);
        Assert.True(Gap("faster", 0.7).LogGap < Gap("slower", 0.7).LogGap - 0.7);
        // Where all gaps are the same, it does not matter which count.
        Assert.Equal(Gap("steady", 1).LogGap, Gap("steady", 0.7).LogGap, 9);

        void Add(string customer, params int[] gaps)
        {
            var day = 0;
            lines.Add(RhythmicLog.Line(customer, "p", day));
            foreach (var gap in gaps)
                lines.Add(RhythmicLog.Line(customer, "p", day += gap));
        }
    }

    private static GapPriors Priors(List<OrderLine> lines)
    {
        var columns = PurchaseHistory.From(lines).Columns;
        return GapPriorsEstimator.Estimate(columns, PurchasePairs.From(columns), columns.LastDay + 1, new ReplenishmentOptions());
    }
}
