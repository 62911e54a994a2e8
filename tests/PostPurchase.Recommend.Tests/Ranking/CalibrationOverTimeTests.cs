using PostPurchase.Recommend.Boosting;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

/// <summary>Stores whose customers come to buy more or less of what they are shown.</summary>
public sealed class CalibrationOverTimeTests
{
    private const int Visits = 4_000;

    [Theory]
    [InlineData(-0.6, -1.0, -1.2)]
    [InlineData(-1.0, -1.0, -1.0)]
    [InlineData(-1.0, -0.6, -0.4)]
    public void The_step_from_earlier_visits_to_the_latest_is_taken_once_more(double earlier, double latest, double next)
    {
        var sample = new RankingSample();
        foreach (var (level, round) in new[] { (earlier, 1), (latest, 0) })
        {
            for (var i = 0; i < Visits; i++)
                sample.Add(Row(bought: 1), i < Visits * LogisticLoss.Probability(level), weight: 1, listWeight: 1, customer: i, round, day: 0);
        }

        // What is learned from both rounds lies between them.
        Assert.Equal(next, LogisticLoss.LogOdds(Probability(sample, Row(bought: 1))), 0.15);
    }

    [Fact]
    public void Every_visit_counts_with_its_own_list()
    {
        // Habitual customers buy half of forty products, always. New ones bought a tenth of twenty and now buy a fifth: no list
        // of all candidates together would show theirs.
        var sample = new RankingSample();
        for (var round = 0; round < 2; round++)
        {
            for (var visit = 0; visit < 400; visit++)
            {
                var (times, products, share) = visit % 2 == 0 ? (9, 40, 0.5) : (1, 20, round == 0 ? 0.2 : 0.1);
                for (var place = 0; place < products; place++)
                    sample.Add(Row(times), ((visit / 2 * 7) + (place * 3)) % 20 < 20 * share, weight: 1, listWeight: 1, customer: visit, round, day: round);
            }
        }

        Assert.Equal(0.5, Probability(sample, Row(bought: 9)), 0.03);
        // .15 of both rounds, and the step from .1 to .2 once more.
        Assert.Equal(0.27, Probability(sample, Row(bought: 1)), 0.04);
    }

    [Fact]
    public void Of_eight_rounds_the_latest_two_tell_how_probable_things_are()
    {
        double After(params double[] shares)
        {
            var sample = new RankingSample();
            for (var round = 0; round < 8; round++)
            {
                for (var i = 0; i < 200; i++)
                    sample.Add(Row(bought: 1), i < 200 * (round < shares.Length ? shares[round] : 0.2), weight: 1, listWeight: 1, customer: i, round, day: round);
            }

            return Probability(sample, Row(bought: 1));
        }

        Assert.Equal(After(0.3, 0.5), After(0.5, 0.3), 5e-3);
        Assert.Equal(After(0.2, 0.5), After(0.5, 0.2), 5e-3);
        Assert.True(After(0.5, 0.2) > After(0.2, 0.2, 0.5) + 0.05);
    }

    [Fact]
    public void All_rounds_of_many_customers_but_the_oldest_are_learned_from()
    {
        var sample = new RankingSample();
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < Visits; i++)
                sample.Add(Row(bought: 1), i < Visits * (round < 2 ? 0.5 : 0.2), weight: 1, listWeight: 1, customer: i, round, day: round);
        }

        // .35 in the latest four, and once more the step to .5 from the .275 of the four before it.
        var expected = LogisticLoss.LogOdds(0.35) + LogisticLoss.LogOdds(0.5) - LogisticLoss.LogOdds(0.275);
        Assert.Equal(expected, LogisticLoss.LogOdds(Probability(sample, Row(bought: 1))), 0.1);
    }

    private static float[] Row(int bought)
    {
        var row = new float[RankingFeatures.Count];
        row[(int)RankingFeature.Own_Count] = bought;
        row[(int)RankingFeature.Own_BasketsSince] = 1;
        return row;
    }

    private static double Probability(RankingSample sample, float[] row)
    {
        var blend = new RankingBlendTrainer(new RankingOptions { EnoughCustomers = 1, BasketSizeExponent = 0 }).Train(sample, new TrainingRun { Threads = 1 });
        var probability = new double[1];
        blend.Score(row, probability);
        return probability[0];
    }
}
