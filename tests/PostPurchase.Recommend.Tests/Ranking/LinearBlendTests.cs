using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

public sealed class LinearBlendTests
{
    [Theory]
    [InlineData(60, 0.5, 1.6)]
    [InlineData(20_000, 2.5, 3.5)]
    public void What_is_no_core_input_needs_many_rows_to_be_believed(int rows, double least, double most)
    {
        // What sells now (core) and what followed the last basket (not core) say the same: three in log odds from one to the other.
        var blend = LinearBlend.Fit(Sample(rows, coreTells: false), priorRows: 20, new TrainingRun { Threads = 1 });

        var difference = blend.Score(Row(popular: 0.1f, follows: 0.5f)) - blend.Score(Row(popular: 0.1f, follows: 0));

        Assert.InRange(difference, least, most);
    }

    [Fact]
    public void A_core_input_is_believed_from_few_rows()
    {
        var blend = LinearBlend.Fit(Sample(60, coreTells: true), priorRows: 20, new TrainingRun { Threads = 1 });

        var difference = blend.Score(Row(popular: 0.5f, follows: 0)) - blend.Score(Row(popular: 0.001f, follows: 0));

        Assert.InRange(difference, 1.8, 4);
    }

    [Fact]
    public void Rows_on_any_number_of_threads_give_the_same_weights()
    {
        var sample = Sample(5_000, coreTells: true);
        var (one, four) = (LinearBlend.Fit(sample, 20, new TrainingRun { Threads = 1 }), LinearBlend.Fit(sample, 20, new TrainingRun { Threads = 4 }));

        Assert.Equal(one.Score(Row(0.3f, 0.2f)), four.Score(Row(0.3f, 0.2f)));
    }

    private static RankingSample Sample(int rows, bool coreTells)
    {
        var sample = new RankingSample();
        for (var i = 0; i < rows; i++)
        {
            var (first, second) = (i % 2 == 0, i / 2 % 2 == 0);
            var tells = coreTells ? first : second;
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
