using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

public sealed class PurchaseMixtureTests
{
    [Fact]
    public void Weights_that_purchases_were_drawn_with_are_found()
    {
        var sample = Drawn(own: 0.5, popular: 0.3, visits: 4_000);

        var mixture = PurchaseMixture.Fit(sample);

        Assert.Equal(0.5 * 0.4, mixture.Rate(Row(share: 0.4f, popular: 0)), 0.02);
        Assert.Equal(0.3 * 0.4, mixture.Rate(Row(share: 0, popular: 0.4f)), 0.02);
        Assert.Equal((0.5 * 0.2) + (0.3 * 0.1), mixture.Rate(Row(share: 0.2f, popular: 0.1f)), 0.02);
    }

    [Fact]
    public void As_many_purchases_are_expected_as_happened()
    {
        var sample = Drawn(own: 0.7, popular: 0.1, visits: 300);
        var mixture = PurchaseMixture.Fit(sample);
        double expected = 0, happened = 0;
        for (var i = 0; i < sample.Count; i++)
        {
            expected += mixture.Rate(sample.Row(i));
            happened += sample.Label(i);
        }

        // Every visit of the sample holds a purchase, and all count alike: the sum of a likeliest additive rate is that of what happened.
        Assert.Equal(1, expected / happened, 1e-3);
    }

    [Fact]
    public void No_other_weights_make_the_purchases_likelier()
    {
        var sample = Drawn(own: 0.5, popular: 0.3, visits: 500);
        var mixture = PurchaseMixture.Fit(sample);
        double At(double own, double popular) => Enumerable.Range(0, sample.Count).Sum(i =>
        {
            var rate = (own * Share(sample, i)) + (popular * Popular(sample, i));
            return (sample.Label(i) > 0 ? Math.Log(rate + 1e-6) : 0) - rate;
        });
        var best = Enumerable.Range(0, sample.Count).Sum(i => (sample.Label(i) > 0 ? Math.Log(mixture.Rate(sample.Row(i)) + 1e-6) : 0) - mixture.Rate(sample.Row(i)));

        for (var own = 0.3; own < 0.7; own += 0.02)
        {
            for (var popular = 0.1; popular < 0.5; popular += 0.02)
                Assert.True(At(own, popular) <= best + 0.05, $"{own} and {popular}: {At(own, popular)}, fitted {best}");
        }
    }

    [Fact]
    public void A_purchase_of_a_visit_that_counts_half_teaches_half()
    {
        // Two kinds of visits, each with what only one rate explains; what counts less must not rule.
        var (heavy, light) = (new RankingSample(), new RankingSample());
        foreach (var (sample, weight) in new[] { (heavy, 1f), (light, 0.5f) })
        {
            for (var visit = 0; visit < 200; visit++)
            {
                sample.Add(Row(share: 0.5f, popular: 0), visit % 2 == 0, weight: 1, listWeight: visit % 2 == 0 ? weight : 1, customer: visit, round: 0, day: 0);
                sample.Add(Row(share: 0.5f, popular: 0), visit % 4 != 1, weight: 1, listWeight: 1, customer: visit, round: 0, day: 1);
            }
        }

        // 100 purchases of 100 visits at weight 1 or .5, and 150 of 150: each exposed to one row of .5 in every visit that holds a purchase.
        Assert.Equal(1, PurchaseMixture.Fit(heavy).Rate(Row(share: 0.5f, popular: 0)), 1e-3);
        Assert.Equal(1, PurchaseMixture.Fit(light).Rate(Row(share: 0.5f, popular: 0)), 1e-3);
    }

    [Fact]
    public void Nothing_to_learn_from_gives_no_rate()
    {
        Assert.Equal(0, PurchaseMixture.Fit(new RankingSample()).Rate(Row(share: 0.5f, popular: 0.5f)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Weights_that_no_fit_gives_are_refused(double weight)
    {
        var weights = new double[PurchaseMixture.Count];
        weights[^1] = weight;
        using var stream = new MemoryStream();
        new SectionWriter(stream).WriteArray<double>(weights);
        stream.Position = 0;

        var error = Assert.Throws<ModelFormatException>(() => PurchaseMixture.Read(new SectionReader("ranking", stream, stream.Length)));

        Assert.Contains("ranking", error.Message, StringComparison.Ordinal);
    }

    private static float Share(RankingSample sample, int row) => sample.Row(row)[(int)RankingFeature.Own_Share];

    private static float Popular(RankingSample sample, int row) => sample.Row(row)[(int)RankingFeature.Popularity_All];

    private static RankingSample Drawn(double own, double popular, int visits)
    {
        var random = new SeededRandom(11);
        var sample = new RankingSample();
        for (var visit = 0; visit < visits; visit++)
        {
            for (var product = 0; product < 60; product++)
            {
                var row = Row((float)(product < 30 ? random.NextDouble() : 0), (float)(random.NextDouble() * 0.5));
                sample.Add(row, random.NextDouble() < (own * row[(int)RankingFeature.Own_Share]) + (popular * row[(int)RankingFeature.Popularity_All]), 1, 1, visit, 0, 0);
            }
        }

        return sample;
    }

    private static float[] Row(float share, float popular)
    {
        var row = new float[RankingFeatures.Count];
        Array.Fill(row, float.NaN);
        row[(int)RankingFeature.Own_Count] = share > 0 ? 1 : 0;
        row[(int)RankingFeature.Own_Share] = share;
        row[(int)RankingFeature.Popularity_All] = popular;
        return row;
    }
}
