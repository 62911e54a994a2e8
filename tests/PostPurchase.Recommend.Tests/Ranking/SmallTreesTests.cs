using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

public sealed class SmallTreesTests
{
    private static readonly RankingOptions Defaults = new();

    [Theory]
    [InlineData(3_000)]
    [InlineData(5_999)]
    public void Few_purchases_have_forty_small_trees_and_large_ones_for_what_those_leave_over(int purchases)
    {
        var (all, small) = (Train(purchases, Defaults), Train(purchases, Defaults with { Trees = Defaults.Trees with { LearningRate = 1e-30 } }));

        Assert.InRange(all.Trees.Trees, 41, 200);
        Assert.True(Separation(all) > 1.1 * Separation(small), $"{Separation(all)} with large trees, {Separation(small)} without");
        Assert.True(Separation(small) > 1);
    }

    [Fact]
    public void Many_purchases_have_none()
    {
        var without = Train(6_000, Defaults);

        Assert.Equal(without.Trees.Trees, Train(6_000, Defaults with { SmallTrees = Defaults.SmallTrees with { MaxLeaves = 2 } }).Trees.Trees);
        Assert.Equal(Separation(without), Separation(Train(6_000, Defaults with { SmallTrees = Defaults.SmallTrees with { MaxLeaves = 2 } })));
        Assert.NotEqual(Separation(Train(900, Defaults)), Separation(Train(900, Defaults with { SmallTrees = Defaults.SmallTrees with { MaxLeaves = 2 } })));
    }

    [Theory]
    [InlineData(0, 1.0, 0.95, 0.9)]
    [InlineData(1, 1.0, 0.5, 0.49)]
    [InlineData(2, 1.0, 0.9, 0.1)]
    public void As_few_trees_as_folds_cannot_tell_from_the_best(int fewest, double none, double one, double two)
    {
        // The folds differ by .3 in what two trees gain over none and over one.
        double[] Fold(double difference) => [none, one, two - difference];

        Assert.Equal(fewest, RankingBlendTrainer.Fewest([Fold(-0.3), Fold(0), Fold(0.3)]));
    }

    [Fact]
    public void One_fold_alone_is_taken_at_its_word() => Assert.Equal(2, RankingBlendTrainer.Fewest([[1.0, 0.9, 0.899]]));

    // How far apart the scores are of rows with all three features that make a purchase together, and of rows with two of them.
    private static double Separation(RankingBlend blend)
    {
        var row = new float[RankingFeatures.Count];
        Array.Fill(row, 0.25f);
        row[^1] = row[^2] = row[^3] = 0.75f;
        var high = blend.Trees.Score(row);
        row[^3] = 0.25f;
        return high - blend.Trees.Score(row);
    }

    private static RankingBlend Train(int purchases, RankingOptions options)
    {
        var random = new SeededRandom(3);
        var sample = new RankingSample();
        var row = new float[RankingFeatures.Count];
        for (var (i, bought) = (0, 0); bought < purchases; i++)
        {
            for (var feature = 0; feature < row.Length; feature++)
                row[feature] = (float)random.NextDouble();
            var isBought = random.NextDouble() < (row[^1] > 0.5f && row[^2] > 0.5f && row[^3] > 0.5f ? 0.95 : 0.1);
            bought += isBought ? 1 : 0;
            sample.Add(row, isBought, weight: 1, listWeight: 1, customer: i % 50, round: i % 2, day: i % 2);
        }

        return new RankingBlendTrainer(options).Train(sample, new TrainingRun { Threads = 1 });
    }
}
