using PostPurchase.Recommend.Evaluation;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Evaluation;

public sealed class RankingAblationTests
{
    [Fact]
    public void Every_group_of_features_is_left_out_once()
    {
        // Twelve customers who buy two products of their own at every visit: the whole ranking finds both.
        var lines = from customer in Enumerable.Range(0, 12)
                    from day in Enumerable.Range(0, 8)
                    from product in (int[])[customer, customer + 12]
                    select $"c{customer} p{product} {(day * 7) + (customer % 3)}";
        var protocol = NextBasketProtocol.HoldOutLastBasket(SmallLog.Of([.. lines]));
        var rows = RankingAblation.Measure(protocol);
        var groups = Enum.GetNames<RankingFeature>().Select(name => name.Split('_')[0].ToLowerInvariant()).Distinct();
        Assert.Equal(["all features", .. groups.Select(group => $"without {group}")], rows.Select(row => row.Method));
        Assert.All(rows, row => Assert.False(row.IsBaseline));
        Assert.Equal(1, rows[0].Metrics.Single(metric => metric.Name == "recall@10").Value);
    }
}
