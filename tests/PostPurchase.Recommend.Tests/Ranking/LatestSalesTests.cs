using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

/// <summary>The latest baskets stand for the latest days where days are mere sequence numbers.</summary>
public sealed class LatestSalesTests
{
    private static readonly PurchaseColumns Columns = PurchaseHistory.From(Enumerable.Range(0, 40).SelectMany(c =>
    {
        var random = new SeededRandom(7, (ulong)c);
        return Enumerable.Range(0, 1 + random.Next(7)).SelectMany(v => Enumerable.Range(0, 1 + random.Next(4))
            .Select(_ => new OrderLine($"C{c:00}", $"P{random.Next(6)}", SmallStore.Start.AddDays(v)))).ToArray();
    })).Columns;

    [Fact]
    public void Popularity_of_an_undated_log_is_what_counting_the_latest_baskets_gives()
    {
        var calendar = SalesCalendar.From(Columns);
        Assert.False(calendar.HasDates);
        var popularity = new PopularityAsOf(calendar, Columns.LastDay);
        var row = new float[RankingFeatures.Count];
        for (var p = 0; p < Columns.Products.Count; p++)
        {
            popularity.Fill(p, row);
            var (last, four) = (Share(p, 1), Share(p, 4));

            Assert.Equal(Share(p, int.MaxValue), row[(int)RankingFeature.Popularity_All]);
            Assert.Equal(last, row[(int)RankingFeature.Popularity_Week]);
            Assert.Equal(Share(p, 2), row[(int)RankingFeature.Popularity_Month]);
            Assert.Equal(four, row[(int)RankingFeature.Popularity_Quarter]);
            Assert.Equal((last + 1e-4f) / (four + 1e-4f), row[(int)RankingFeature.Popularity_Trend], 1e-6f);
            Assert.True(float.IsNaN(row[(int)RankingFeature.Popularity_Season]));
        }
    }

    [Fact]
    public void What_was_bought_last_is_popular_first()
    {
        // OLD fills every customer's first baskets, NEW all the last ones.
        var history = PurchaseHistory.From(Enumerable.Range(0, 10).SelectMany(c => Enumerable.Range(0, 6)
            .Select(v => new OrderLine($"C{c}", v < 4 ? "OLD" : "NEW", SmallStore.Start.AddDays(v)))));
        var popular = new PopularProducts(SalesCalendar.From(history.Columns), history.Columns);

        Assert.Equal(["NEW", "OLD"], popular.All(history.Columns.LastDay).Select(p => history.Columns.Products[p]));
    }

    private static float Share(int product, int latest)
    {
        var baskets = Enumerable.Range(0, Columns.Customers.Count).SelectMany(c => Enumerable
            .Range(Columns.CustomerStart[c], Columns.CustomerStart[c + 1] - Columns.CustomerStart[c])
            .GroupBy(row => Columns.Day[row]).OrderByDescending(g => g.Key).Take(latest)).ToArray();
        return (float)baskets.Count(b => b.Any(row => Columns.Product[row] == product)) / baskets.Length;
    }
}
