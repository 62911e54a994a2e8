using PostPurchase.Recommend.Evaluation;

namespace PostPurchase.Recommend.Tests.Evaluation;

public sealed class BootstrapTests
{
    [Fact]
    public void The_interval_has_the_width_of_the_normal_approximation()
    {
        var random = new SeededRandom(7);
        var values = Enumerable.Range(0, 4000).Select(_ => random.NextNormal()).ToArray();
        var mean = Bootstrap.Mean("x", values, 1);
        var standardError = Math.Sqrt(values.Select(v => v * v).Average() - (values.Average() * values.Average())) / Math.Sqrt(values.Length);
        Assert.Equal(values.Average(), mean.Value, 12);
        Assert.Equal(4000, mean.Samples);
        // 2 x 1.96 standard errors; the ends of 1,000 resamples are off by a few percent.
        Assert.InRange((mean.High!.Value - mean.Low!.Value) / standardError, 3.92 * 0.9, 3.92 * 1.1);
    }

    [Fact]
    public void The_ends_are_quantiles_of_the_means_of_a_thousand_draws_with_replacement()
    {
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var draw = new SeededRandom(seed + 100);
            double[] values = [.. Enumerable.Range(0, 1 + draw.Next(12)).Select(_ => draw.NextDouble())];
            var random = new SeededRandom(seed);
            double[] means = [.. Enumerable.Range(0, 1000).Select(_ => values.Select(_ => values[random.Next(values.Length)]).ToArray().Average()).Order()];
            var actual = Bootstrap.Mean("x", values, seed);
            // Of 1,000 ordered means the 2.5 % quantile lies at place 24.975, the 97.5 % quantile at 974.025, counted from zero.
            Assert.Equal(means[24] + (0.975 * (means[25] - means[24])), actual.Low!.Value, 12);
            Assert.Equal(means[974] + (0.025 * (means[975] - means[974])), actual.High!.Value, 12);
            Assert.Equal(values.Average(), actual.Value, 12);
            Assert.Equal(values.Length, actual.Samples);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_another()
    {
        var values = Enumerable.Range(1, 50).Select(i => Math.Sqrt(i)).ToArray();
        Assert.Equal(Bootstrap.Mean("x", values, 1), Bootstrap.Mean("x", values, 1));
        Assert.NotEqual(Bootstrap.Mean("x", values, 1).Low, Bootstrap.Mean("x", values, 99).Low);
    }

    [Fact]
    public void Equal_values_have_no_interval_to_speak_of() =>
        Assert.Equal((0.5, 0.5, 0.5), Bootstrap.Mean("x", [0.5, 0.5], 1) is var m ? (m.Value, m.Low, m.High) : default);

    [Fact]
    public void A_cancelled_bootstrap_ends() =>
        Assert.ThrowsAny<OperationCanceledException>(() => Bootstrap.Mean("x", [0.5, 0.5], 1, new CancellationToken(canceled: true)));

    [Fact]
    public void No_value_has_no_mean() => Assert.Throws<ArgumentException>(() => Bootstrap.Mean("x", [], 1));
}
