using PostPurchase.Recommend.Boosting;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

public sealed class BlendCalibrationTests
{
    [Theory]
    [InlineData(1.0, 0.5, -0.4)]
    [InlineData(0.7, 0.0, 0.3)]
    [InlineData(1.3, 0.8, 0.0)]
    public void Finds_the_plane_that_the_outcomes_were_drawn_from(double slope, double sizeExponent, double intercept)
    {
        var calibration = BlendCalibration.Fit(Answers(60_000, slope, sizeExponent, intercept), 0.5);

        Assert.Equal(slope, calibration.Slope, 0.06);
        Assert.Equal(sizeExponent, calibration.SizeExponent, 0.06);
        Assert.Equal(intercept, calibration.Intercept, 0.06);
    }

    [Fact]
    public void Weights_stand_for_the_answers_that_were_thinned_out()
    {
        var all = Answers(4_000, 0.8, 0.5, 0.2);
        var thinned = all.Where((a, i) => a.Label > 0 || i % 4 == 0).Select(a => a with { Weight = a.Label > 0 ? 1f : 4f }).ToList();

        var (full, part) = (BlendCalibration.Fit(all, 0.5), BlendCalibration.Fit(thinned, 0.5));

        Assert.Equal(full.Probability(-1, 1), part.Probability(-1, 1), 0.03);
        Assert.Equal(full.Probability(0.5, 2), part.Probability(0.5, 2), 0.03);
    }

    [Fact]
    public void With_few_answers_it_hardly_moves()
    {
        Assert.Equal(BlendCalibration.None(0.5), BlendCalibration.Fit([], 0.5));
        var few = BlendCalibration.Fit([new BlendAnswer(0.5, 1, 0, 1), new BlendAnswer(-1, 2, 0, 1)], 0.5);
        Assert.InRange(few.SizeExponent, 0.35, 0.65);
        Assert.InRange(few.Slope, 0.9, 1.1);
        Assert.InRange(few.Intercept, -0.25, 0.25);
    }

    [Fact]
    public void A_list_is_never_turned_round()
    {
        var random = new SeededRandom(5);
        var against = Enumerable.Range(0, 5_000).Select(_ =>
        {
            var score = random.NextNormal();
            return new BlendAnswer(score, 0, random.NextDouble() < LogisticLoss.Probability(-2 * score) ? 1f : 0f, 1f);
        }).ToList();

        Assert.Equal(BlendCalibration.None(0.3), BlendCalibration.Fit(against, 0.3));
    }

    [Fact]
    public void A_slope_that_is_none_is_no_calibration_to_load()
    {
        Assert.Equal(new BlendCalibration(0.9, 0.4, -0.1), Reread(new BlendCalibration(0.9, 0.4, -0.1)));
        Assert.Equal(3, Reread(new BlendCalibration(0.9, 0.4, -0.1) { Visits = 3 }).Visits);
        Assert.Equal(0.1, Reread(new BlendCalibration(0.9, 0.4, -0.1) { OneMore = 0.1 }).OneMore);
        Assert.Throws<ModelFormatException>(() => Reread(new BlendCalibration(1, 0.5, 0) { Visits = -1 }));
        Assert.Throws<ModelFormatException>(() => Reread(new BlendCalibration(1, 0.5, 0) { Visits = double.NaN }));
        Assert.Throws<ModelFormatException>(() => Reread(new BlendCalibration(1, 0.5, 0) { OneMore = 0.51 }));
        Assert.Throws<ModelFormatException>(() => Reread(new BlendCalibration(1, 0.5, 0) { OneMore = -0.1 }));
        Assert.Throws<ModelFormatException>(() => Reread(new BlendCalibration(0, 0.5, 0)));
        Assert.Throws<ModelFormatException>(() => Reread(new BlendCalibration(double.NaN, 0.5, 0)));
        Assert.Throws<ModelFormatException>(() => Reread(new BlendCalibration(1, 0.5, double.PositiveInfinity)));
        Assert.Throws<ModelFormatException>(() => Reread(new BlendCalibration(1, double.NaN, 0)));
    }

    [Fact]
    public void No_answer_is_surer_than_the_visits_it_was_learned_from()
    {
        var certain = BlendCalibration.None(0.5);
        Assert.InRange(certain.Probability(40, 0), 1 - 1e-12, 1);

        Assert.Equal(0.5, certain.LearnedFrom(new RankingSample()).Probability(40, 0));
        Assert.Equal(0.5, certain.LearnedFrom(new RankingSample()).Probability(-40, 0));
        // Two visits, at each of which one of two candidates was bought: five in six, as under Jeffreys' prior.
        Assert.Equal(5 / 6.0, certain.LearnedFrom(Sample(visits: 2, candidates: 2, keptWeight: 1)).Probability(40, 0), 1e-9);
        Assert.Equal(1 / 6.0, certain.LearnedFrom(Sample(visits: 2, candidates: 2, keptWeight: 1)).Probability(-40, 0), 1e-9);
        // Of candidates that were thinned out, one stands for four: one bought of nine.
        var thinned = certain.LearnedFrom(Sample(visits: 10, candidates: 3, keptWeight: 4));
        Assert.Equal(10 / 11.0 + (1 / 9.0 / 11), thinned.Probability(40, 0), 1e-9);
        Assert.True(thinned.Probability(0.2, 0) > thinned.Probability(0.1, 0));
        Assert.Equal(certain.Probability(0.3, 1), certain.LearnedFrom(Sample(10_000, 50, 1)).Probability(0.3, 1), 1e-4);
        // All that was there was bought: one visit more is no certainty.
        Assert.Equal(0.75, certain.LearnedFrom(Sample(visits: 1, candidates: 1, keptWeight: 1)).Probability(40, 0), 1e-9);
    }

    private static RankingSample Sample(int visits, int candidates, float keptWeight)
    {
        var sample = new RankingSample();
        for (var visit = 0; visit < visits; visit++)
        {
            for (var i = 0; i < candidates; i++)
                sample.Add(new float[RankingFeatures.Count], i == 0, i == 0 ? 1 : keptWeight, 1, customer: visit / 2, round: 0, day: visit);
        }

        return sample;
    }

    private static BlendCalibration Reread(BlendCalibration calibration)
    {
        using var stream = new MemoryStream();
        calibration.Write(new SectionWriter(stream));
        stream.Position = 0;
        return BlendCalibration.Read(new SectionReader("calibration", stream, stream.Length));
    }

    private static List<BlendAnswer> Answers(int count, double slope, double sizeExponent, double intercept)
    {
        var random = new SeededRandom(7);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var (score, size) = (random.NextNormal(), 3 * random.NextDouble());
            var p = LogisticLoss.Probability((slope * score) + (sizeExponent * size) + intercept);
            return new BlendAnswer(score, size, random.NextDouble() < p ? 1f : 0f, 1f);
        })];
    }
}
