using PostPurchase.Recommend.Boosting;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

public sealed class TreesOfFewPurchasesTests
{
    [Theory]
    [InlineData(4, 0)]
    [InlineData(60, 12)]
    [InlineData(1_000, 40)]
    [InlineData(5_999, 40)]
    public void Few_purchases_have_as_many_trees_as_they_can_carry(int purchases, int trees) =>
        Assert.Equal(trees, Train(purchases, new RankingOptions()).Trees.Trees);

    [Fact]
    public void Whoever_asks_for_fewer_trees_has_no_more() =>
        Assert.Equal(7, Train(1_000, new RankingOptions { Trees = new BoostedTreesOptions { Trees = 7 } }).Trees.Trees);

    [Fact]
    public void They_are_not_the_trees_of_many_purchases()
    {
        var row = new float[RankingFeatures.Count];
        var few = Train(1_000, new RankingOptions()).Trees.Score(row);

        Assert.Equal(few, Train(1_000, new RankingOptions { Trees = new RankingOptions().Trees with { MaxLeaves = 2 } }).Trees.Score(row));
        Assert.NotEqual(few, Train(1_000, new RankingOptions { TreesOfFewPurchases = new RankingOptions().TreesOfFewPurchases with { MaxLeaves = 2 } }).Trees.Score(row));
    }

    private static RankingBlend Train(int purchases, RankingOptions options)
    {
        var random = new SeededRandom(3);
        var sample = new RankingSample();
        var row = new float[RankingFeatures.Count];
        for (var i = 0; i < 3 * purchases; i++)
        {
            for (var feature = 0; feature < row.Length; feature++)
                row[feature] = (float)random.NextDouble();
            sample.Add(row, i % 3 == 0, weight: 1, listWeight: 1, customer: i % 50, round: i % 2, day: i % 2);
        }

        return new RankingBlendTrainer(options).Train(sample, new TrainingRun { Threads = 1 });
    }
}
