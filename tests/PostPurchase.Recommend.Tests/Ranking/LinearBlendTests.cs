using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

public sealed class LinearBlendTests
{
    [Theory]
    [InlineData(20, 1.2)]
    [InlineData(2_000, 1.2)]
    [InlineData(200_000, 0.1)]
    public void Few_rows_keep_the_order_of_the_mixture(int priorRows, double most)
    {
        // What sells now tells what is bought, by three in log odds; what followed the last basket tells nothing.
        var (sample, run) = (Sample(400, tellsPopular: true), new TrainingRun { Threads = 1 });
        var (blend, mixture) = (LinearBlend.Fit(sample, priorRows, run), PurchaseMixture.Fit(sample));
        var (often, seldom) = (Row(popular: 0.5f, follows: 0), Row(popular: 0.001f, follows: 0));

        var byMixture = Math.Log(mixture.Rate(often) + 1e-4) - Math.Log(mixture.Rate(seldom) + 1e-4);

        Assert.InRange(blend.Score(often) - blend.Score(seldom), byMixture - (3.5 * most), byMixture + most);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Many_rows_find_the_true_log_odds(bool tellsPopular)
    {
        var blend = LinearBlend.Fit(Sample(40_000, tellsPopular), priorRows: 20, new TrainingRun { Threads = 1 });

        Assert.Equal(tellsPopular ? 3 : 0, blend.Score(Row(popular: 0.5f, follows: 0)) - blend.Score(Row(popular: 0.001f, follows: 0)), 0.3);
        Assert.Equal(tellsPopular ? 0 : 3, blend.Score(Row(popular: 0.001f, follows: 0.5f)) - blend.Score(Row(popular: 0.001f, follows: 0)), 0.3);
    }

    [Fact]
    public void Rows_on_any_number_of_threads_give_the_same_weights()
    {
        var sample = Sample(5_000, tellsPopular: true);
        var (one, four) = (LinearBlend.Fit(sample, 20, new TrainingRun { Threads = 1 }), LinearBlend.Fit(sample, 20, new TrainingRun { Threads = 4 }));

        Assert.Equal(one.Score(Row(0.3f, 0.2f)), four.Score(Row(0.3f, 0.2f)));
    }

    private static RankingSample Sample(int rows, bool tellsPopular)
    {
        var sample = new RankingSample();
        for (var i = 0; i < rows; i++)
        {
            var (first, second) = (i % 2 == 0, i / 2 % 2 == 0);
            var tells = tellsPopular ? first : second;
            // Odds of 18 to 82 and of 82 to 18: three in log odds.
            var bought = i / 4 % 100 * 37 % 100 < (tells ? 82 : 18);
            sample.Add(Row(first ? 0.5f : 0.001f, second ? 0.5f : 0), bought, weight: 1, listWeight: 1, customer: i, round: 0, day: 0);
        }

        return sample;
    }

    private static float[] Row(float popular, float follows)
    {
        var row = new float[RankingFeatures.Count];
        Array.Fill(row, float.NaN);
        row[(int)RankingFeature.Own_Count] = 0;
        row[(int)RankingFeature.Popularity_All] = row[(int)RankingFeature.Popularity_Month] = popular;
        row[(int)RankingFeature.Transition_LastBasket] = follows;
        return row;
    }
}
