using PostPurchase.Recommend.Evaluation;

namespace PostPurchase.Recommend.Tests.Evaluation;

public sealed class RankingMetricsTests
{
    private static readonly HashSet<string> Truth = ["a", "b", "c", "d"];

    private static readonly string[] Ranked = ["x", "a", "y", "c", "z"];

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(2, 1.0 / 4)]
    [InlineData(4, 2.0 / 4)]
    [InlineData(100, 2.0 / 4)]
    public void Recall_is_the_share_of_the_truth_that_was_listed(int count, double expected) =>
        Assert.Equal(expected, RankingMetrics.Recall<string>(Ranked, Truth, count));

    [Fact]
    public void Ndcg_against_the_whole_truth_divides_by_four_places()
    {
        var gain = (1 / Math.Log2(3)) + (1 / Math.Log2(5));
        var ideal = 1 + (1 / Math.Log2(3)) + (1 / Math.Log2(4)) + (1 / Math.Log2(5));
        Assert.Equal(gain / ideal, RankingMetrics.Ndcg<string>(Ranked, Truth, 5, NdcgIdeal.WholeTruth), 15);
        // A list of two cannot hold four products, and pays for it.
        Assert.Equal(1 / Math.Log2(3) / ideal, RankingMetrics.Ndcg<string>(Ranked, Truth, 2, NdcgIdeal.WholeTruth), 15);
    }

    [Fact]
    public void Ndcg_against_the_list_length_divides_by_the_places_there_are() =>
        Assert.Equal(1 / Math.Log2(3) / (1 + (1 / Math.Log2(3))), RankingMetrics.Ndcg<string>(Ranked, Truth, 2, NdcgIdeal.ListLength), 15);

    [Fact]
    public void A_perfect_list_scores_one()
    {
        Assert.Equal(1, RankingMetrics.Ndcg<string>(["d", "c", "b", "a"], Truth, 4, NdcgIdeal.WholeTruth), 15);
        Assert.Equal(1, RankingMetrics.Ndcg<string>(["d", "c"], Truth, 2, NdcgIdeal.ListLength), 15);
        Assert.Equal(1, RankingMetrics.Recall<string>(["d", "c", "b", "a"], Truth, 4));
    }

    [Fact]
    public void A_product_listed_twice_counts_once()
    {
        Assert.Equal(1.0 / 4, RankingMetrics.Recall<string>(["a", "a", "a"], Truth, 3));
        Assert.Equal(
            RankingMetrics.Ndcg<string>(["a"], Truth, 3, NdcgIdeal.WholeTruth),
            RankingMetrics.Ndcg<string>(["a", "a", "a"], Truth, 3, NdcgIdeal.WholeTruth));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void Hit_says_whether_anything_was_bought(int count, double expected) =>
        Assert.Equal(expected, RankingMetrics.Hit<string>(Ranked, Truth, count));

    [Fact]
    public void An_empty_list_scores_zero()
    {
        Assert.Equal(0, RankingMetrics.Recall<string>([], Truth, 10));
        Assert.Equal(0, RankingMetrics.Ndcg<string>([], Truth, 10, NdcgIdeal.ListLength));
        Assert.Equal(0, RankingMetrics.Hit<string>([], Truth, 10));
    }

    [Fact]
    public void An_empty_truth_has_no_score()
    {
        Assert.Throws<ArgumentException>(() => RankingMetrics.Recall<string>(Ranked, new HashSet<string>(), 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.Recall<string>(Ranked, Truth, 0));
    }
}
