using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class CountRegressionTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(1.5)]
    public void Weights_that_counts_were_drawn_with_are_found(double spread)
    {
        double[] truth = [0.6, -0.3, 0, -2.2];

        var fitted = CountRegression.Fit(Draw(truth, 20_000, 12, spread), 12, [0, 0, 0, 0], new());

        // What varies by itself lifts the mean of a log-normal.
        truth[^1] += spread * spread / 2;
        for (var j = 0; j < truth.Length; j++)
            Assert.Equal(truth[j], fitted[j], spread > 0 ? 0.15 : 0.05);
    }

    [Fact]
    public void Expected_and_happened_add_up()
    {
        var rows = Draw([0.6, -0.3, 0, -2.2], 5_000, 12, 1.5);

        var fitted = CountRegression.Fit(rows, 12, [0, 0, 0, 0], new());

        var expected = rows.Sum(row => 12 * Math.Exp(fitted[^1] + row.Inputs.Zip(fitted, (x, w) => x * w).Sum()));
        Assert.Equal(1, expected / rows.Sum(row => row.Count), 0.01);
    }

    [Fact]
    public void Nothing_to_learn_from_leaves_what_was_believed()
    {
        double[] prior = [0.5, 0, 0.1, -3];

        Assert.Equal(prior, CountRegression.Fit([], 30, prior, new()));
        var few = CountRegression.Fit(Draw([-0.5, 0, 0, -3], 4, 30, 0), 30, prior, new());
        for (var j = 0; j < prior.Length - 1; j++)
            Assert.Equal(prior[j], few[j], 0.3);
    }

    [Fact]
    public void Heavier_rows_count_as_so_many_rows()
    {
        var rows = Draw([0.6, -0.3, 0, -2.2], 300, 12, 1);

        var twice = CountRegression.Fit([.. rows, .. rows], 12, [0, 0, 0, 0], new());
        var heavy = CountRegression.Fit(rows.ConvertAll(row => row with { Weight = 2 }), 12, [0, 0, 0, 0], new());

        for (var j = 0; j < twice.Length; j++)
            Assert.Equal(twice[j], heavy[j], 1e-6);
    }

    private static List<CountedEvents> Draw(double[] weights, int rows, double days, double spread)
    {
        var random = new SeededRandom(11);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            double[] inputs = [random.NextNormal(), random.NextNormal(), random.NextNormal()];
            var mean = days * Math.Exp(weights[^1] + inputs.Zip(weights, (x, w) => x * w).Sum() + (spread * random.NextNormal()));
            return new CountedEvents(inputs, Poisson(mean, random), 1);
        })];
    }

    // Events a unit of time apart by exponential gaps.
    private static int Poisson(double mean, SeededRandom random)
    {
        var count = 0;
        for (var time = -Math.Log(1 - random.NextDouble()); time < mean; time -= Math.Log(1 - random.NextDouble()))
            count++;
        return count;
    }
}
