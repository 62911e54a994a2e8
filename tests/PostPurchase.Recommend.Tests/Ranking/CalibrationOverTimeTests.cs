using PostPurchase.Recommend.Boosting;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

/// <summary>A store where, of late, a tenth is bought of what used to be bought half the time.</summary>
public sealed class CalibrationOverTimeTests
{
    private const int Visits = 4_000;

    [Theory]
    [InlineData(20, 0.1, 0.15)]
    [InlineData(1e9, 0.27, 0.33)]
    public void Probabilities_are_those_of_the_latest_visits(double halfLifeDays, double least, double most)
    {
        var sample = new RankingSample();
        var row = new float[RankingFeatures.Count];
        row[(int)RankingFeature.Own_Count] = row[(int)RankingFeature.Own_BasketsSince] = 1;
        for (var i = 0; i < Visits; i++)
        {
            Add(round: 1, day: 0, bought: i % 2 == 0, i);
            Add(round: 0, day: i % 2 == 0 ? 0 : 365, bought: i % 2 == 0 ? i % 4 == 0 : i % 20 == 1, i);
        }

        var options = new RankingOptions { EnoughCustomers = 1, BasketSizeExponent = 0, CalibrationHalfLifeDays = halfLifeDays };
        var blend = new RankingBlendTrainer(options).Train(sample, new TrainingRun { Threads = 1 });

        // The blend itself learns what all the latest visits together say, three in ten; before them it was five.
        var calibrated = blend.Calibration.Probability(0, 0);
        Assert.InRange(calibrated, least, most);

        void Add(int round, int day, bool bought, int customer) =>
            sample.Add(row, bought, weight: 1, listWeight: 1, customer, round, day);
    }

    [Theory]
    // The same step down every time goes on; a larger step than foretold is foretold again.
    [InlineData(-0.2, -0.6, -1.0, -1.4)]
    [InlineData(-0.6, -0.6, -1.0, -1.6)]
    [InlineData(-1.0, -1.0, -1.0, -1.0)]
    public void The_next_visit_is_foretold_from_how_the_visits_before_it_changed(double oldest, double middle, double latest, double next)
    {
        var sample = new RankingSample();
        var row = new float[RankingFeatures.Count];
        row[(int)RankingFeature.Own_Count] = row[(int)RankingFeature.Own_BasketsSince] = 1;
        foreach (var (level, round) in new[] { (oldest, 2), (middle, 1), (latest, 0) })
        {
            for (var i = 0; i < Visits; i++)
                sample.Add(row, i < Visits * LogisticLoss.Probability(level), weight: 1, listWeight: 1, customer: i, round, day: 0);
        }

        var blend = new RankingBlendTrainer(new RankingOptions { EnoughCustomers = 1, BasketSizeExponent = 0 }).Train(sample, new TrainingRun { Threads = 1 });
        var probability = new double[1];
        blend.Score(row, probability);

        Assert.Equal(next, LogisticLoss.LogOdds(probability[0]), 0.15);
    }
}
