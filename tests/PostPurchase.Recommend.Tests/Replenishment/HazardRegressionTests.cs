using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class HazardRegressionTests
{
    [Fact]
    public void No_more_rows_are_looked_at_than_allowed_and_those_evenly()
    {
        // 1,999 rows come down to 1,000: what happened after any of the others cannot matter.
        var looked = Enumerable.Range(0, 1_000).Select(i => i * 1_999 / 1_000).ToHashSet();
        var all = LogOdds(row => true);
        Assert.Equal(all, LogOdds(looked.Contains));
        Assert.NotEqual(all, LogOdds(row => row > 0));

        static double[] LogOdds(Func<int, bool> isAsItWas)
        {
            var random = new SeededRandom(4);
            var features = new float[1_999 * PairFeatures.Count];
            for (var i = 0; i < features.Length; i++)
                features[i] = (float)random.NextNormal();
            var sample = new HazardSample
            {
                UsedFeatures = PairFeatures.Count,
                Features = features,
                Customer = new int[1_999],
                DaysToPurchase = [.. Enumerable.Range(0, 1_999).Select(row => isAsItWas(row) && row % 3 == 0 ? 0 : -1)],
                DaysFollowed = [.. Enumerable.Repeat(1_000, 1_999)],
            };
            var regression = HazardRegression.Fit(sample, new ReplenishmentOptions { MostRegressionRows = 1_000 }, new TrainingRun());
            return [.. Enumerable.Range(0, 20).Select(row => regression.LogOdds(sample.Row(row), 0))];
        }
    }
}
