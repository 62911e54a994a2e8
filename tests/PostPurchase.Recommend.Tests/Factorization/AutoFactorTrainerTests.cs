using PostPurchase.Recommend.Factorization;

namespace PostPurchase.Recommend.Tests.Factorization;

public class AutoFactorTrainerTests
{
    private static readonly FactorizationOptions Bad = new() { Factors = 8, Iterations = 4, UnobservedWeight = 9, PopularityDamping = 0.9 };

    [Fact]
    public void A_bad_start_is_left_for_something_better()
    {
        var matrix = Groups().Matrix;
        var hidden = HiddenPairs.Draw(matrix, 0.1, seed: 77);
        var chosen = new AutoFactorTrainer(Bad).Choose(hidden, new TrainingRun());
        Assert.Equal(Bad.Factors, chosen.Factors);
        Assert.Equal(Bad.Iterations, chosen.Iterations);
        Assert.True(Quality(hidden, chosen) > Quality(hidden, Bad) * 1.02);
    }

    [Fact]
    public void The_choice_depends_on_neither_threads_nor_chance()
    {
        var matrix = Groups().Matrix;
        var one = new AutoFactorTrainer(Bad, trials: 5).Train(matrix, new TrainingRun { Threads = 1 });
        var two = new AutoFactorTrainer(Bad, trials: 5).Train(matrix, new TrainingRun { Threads = 3 });
        Assert.Equal(one.Options, two.Options);
        Assert.Equal(one.Customers.Values, two.Customers.Values);
        Assert.NotEqual(Bad, one.Options);
    }

    [Fact]
    public void Spectral_factors_are_added_only_where_they_are_allowed_and_rank_better()
    {
        // One learned factor cannot tell the groups apart, two spectral ones more can.
        var poor = Bad with { Factors = 1, UnobservedWeight = 0.1 };
        var hidden = HiddenPairs.Draw(Groups().Matrix, 0.1, seed: 77);
        var plain = new AutoFactorTrainer(poor, trials: 3).Choose(hidden, new TrainingRun());
        var allowed = new AutoFactorTrainer(poor, trials: 3, allowSpectralFactors: true).Choose(hidden, new TrainingRun());
        Assert.Equal((0, 2), (plain.SpectralFactors, allowed.SpectralFactors));
        Assert.True(Quality(hidden, allowed) > Quality(hidden, plain));
        var given = new AutoFactorTrainer(poor with { SpectralFactors = 3 }, trials: 1, allowSpectralFactors: true).Choose(hidden, new TrainingRun());
        Assert.Equal(3, given.SpectralFactors);
    }

    [Fact]
    public void A_budget_of_one_trial_only_chooses_the_exponent_of_the_scores()
    {
        var chosen = new AutoFactorTrainer(Bad, trials: 1).Choose(Groups().Matrix, new TrainingRun());
        Assert.Equal(Bad with { ScorePopularityExponent = chosen.ScorePopularityExponent }, chosen);
    }

    [Fact]
    public void Too_little_data_keeps_the_start()
    {
        var model = new AutoFactorTrainer(Bad).Train(InteractionSample.Random(10, 10, 50, 1).Matrix);
        Assert.Equal(Bad, model.Options);
    }

    [Fact]
    public void A_budget_out_of_range_is_refused()
    {
        Assert.Throws<InvalidOptionsException>(() => new AutoFactorTrainer(trials: 0));
        Assert.Throws<InvalidOptionsException>(() => new AutoFactorTrainer(Bad with { Factors = 0 }));
    }

    [Fact]
    public void What_was_bought_last_decides_where_it_is_known_and_chance_where_it_is_not()
    {
        var random = new SeededRandom(5);
        List<(string, string, int)> lines = [];
        for (var c = 0; c < 150; c++)
        {
            for (var day = 1; day <= 6; day++)
            {
                for (var n = 0; n < 3; n++)
                    lines.Add(($"C{c}", $"P{((c % 10) * 30) + random.Next(30)}", day));
            }
        }

        var matrix = InteractionMatrix.From(HiddenPairsTests.History([.. lines]));
        var trainer = new AutoFactorTrainer(Bad, trials: 4);
        var inTime = trainer.Choose(HiddenPairs.LastVisits(matrix), new TrainingRun());
        var byChance = trainer.Choose(HiddenPairs.Draw(matrix, 0.1, new TrainingRun().Seed), new TrainingRun());
        Assert.NotEqual(inTime, byChance);
        Assert.Equal(inTime, trainer.Choose(matrix, new TrainingRun()));
        var rows = matrix.ByCustomer;
        var triples = HiddenPairsTests.Pairs(rows);
        var unknown = InteractionMatrix.FromTriples(
            rows.Rows, rows.Columns, [.. triples.Select(t => t.Customer)], [.. triples.Select(t => t.Product)], [.. triples.Select(t => t.Count)]);
        Assert.False(unknown.KnowsLastVisits);
        Assert.Equal(byChance, trainer.Choose(unknown, new TrainingRun()));
    }

    private static double Quality(HiddenPairs hidden, FactorizationOptions options) =>
        hidden.Ndcg(
            new ImplicitAlsTrainer(options).Train(hidden.Rest), ProductWeights.Of(hidden.Rest.ByProduct, options).Score, new TrainingRun());

    /// <summary>Ten groups of customers who mostly buy from their own tenth of the products, popular ones more often.</summary>
    private static InteractionSample Groups()
    {
        var random = new SeededRandom(31);
        List<int> customers = [], products = [];
        for (var u = 0; u < 300; u++)
        {
            for (var n = 0; n < 14; n++)
            {
                var group = random.NextDouble() < 0.7 ? u % 10 : random.Next(10);
                var x = random.NextDouble();
                customers.Add(u);
                products.Add((group * 30) + (int)(x * x * 30));
            }
        }

        var ones = new float[customers.Count];
        Array.Fill(ones, 1f);
        return new InteractionSample(300, 300, [.. customers], [.. products], ones);
    }
}
