using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;

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
    public void Hidden_pairs_and_the_rest_make_up_the_whole()
    {
        var sample = InteractionSample.Random(60, 40, 900, 8);
        var hidden = HiddenPairs.Draw(sample.Matrix, 0.25, 5);
        var whole = sample.Matrix.ByCustomer;
        Assert.Equal(whole.Entries, hidden.Count + hidden.Rest.PairCount);
        Assert.InRange(hidden.Count, whole.Entries * 0.15, whole.Entries * 0.35);
        for (var u = 0; u < 60; u++)
            Assert.Equal<int>(whole.ColumnsOf(u).ToArray(), hidden.Hidden.ColumnsOf(u).ToArray().Concat(hidden.Rest.ByCustomer.ColumnsOf(u).ToArray()).Order());
    }

    [Fact]
    public void A_split_in_time_hides_what_was_new_at_the_last_visit_and_counts_the_rest_without_it()
    {
        // Ann repeats A and takes C anew at her last visit; Bob came once; Cid's visits hold the same.
        var matrix = InteractionMatrix.From(History(
            ("ann", "A", 1), ("ann", "B", 1), ("ann", "A", 5), ("ann", "C", 5), ("bob", "A", 9), ("bob", "B", 9), ("cid", "B", 2), ("cid", "B", 3)));
        Assert.True(matrix.KnowsLastVisits);
        var hidden = HiddenPairs.LastVisits(matrix);
        Assert.Equal<(int, int)>([(0, 2)], Pairs(hidden.Hidden).Select(p => (p.Customer, p.Product)));
        Assert.Equal([(0, 0, 1f), (0, 1, 1f), (1, 0, 1f), (1, 1, 1f), (2, 1, 1f)], Pairs(hidden.Rest.ByCustomer));
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

        var matrix = InteractionMatrix.From(History([.. lines]));
        var trainer = new AutoFactorTrainer(Bad, trials: 4);
        var inTime = trainer.Choose(HiddenPairs.LastVisits(matrix), new TrainingRun());
        var byChance = trainer.Choose(HiddenPairs.Draw(matrix, 0.1, new TrainingRun().Seed), new TrainingRun());
        Assert.NotEqual(inTime, byChance);
        Assert.Equal(inTime, trainer.Choose(matrix, new TrainingRun()));
        var rows = matrix.ByCustomer;
        var triples = Pairs(rows);
        var unknown = InteractionMatrix.FromTriples(
            rows.Rows, rows.Columns, [.. triples.Select(t => t.Customer)], [.. triples.Select(t => t.Product)], [.. triples.Select(t => t.Count)]);
        Assert.False(unknown.KnowsLastVisits);
        Assert.Equal(byChance, trainer.Choose(unknown, new TrainingRun()));
    }

    [Fact]
    public void The_quality_is_the_ndcg_of_the_lists()
    {
        // One factor: products in order of their vectors. Customer 0 owns product 0 and hides product 2, customer 1 hides nothing.
        var model = FactorModel.FromFactors(new FactorizationOptions { Factors = 1 }, [1, 1], [4, 3, 2, 1]);
        var hidden = new HiddenPairs(InteractionMatrix.FromTriples(2, 4, [0], [0]), SparseRows.FromTriples(2, 4, [0], [2], [1]));
        Assert.Equal(1 / Math.Log2(3), hidden.Ndcg(model, [], new TrainingRun()), 1e-12);
    }

    private static double Quality(HiddenPairs hidden, FactorizationOptions options) =>
        hidden.Ndcg(
            new ImplicitAlsTrainer(options).Train(hidden.Rest), ProductWeights.Of(hidden.Rest.ByProduct, options).Score, new TrainingRun());

    private static PurchaseHistory History(params (string Customer, string Product, int Day)[] lines) =>
        PurchaseHistory.From(lines.Select(line => new OrderLine(line.Customer, line.Product, new DateTime(2024, 1, 1).AddDays(line.Day))));

    private static (int Customer, int Product, float Count)[] Pairs(SparseRows rows) =>
        [.. Enumerable.Range(0, rows.Rows).SelectMany(row => Enumerable.Range(rows.Start[row], rows.Start[row + 1] - rows.Start[row]).Select(e => (row, rows.Column[e], rows.Value[e])))];

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
