using System.Runtime.InteropServices;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Tests.Oracles;

namespace PostPurchase.Recommend.Tests.Factorization;

public class ImplicitAlsTrainerTests
{
    private static readonly FactorizationOptions Small = new() { Factors = 12, Iterations = 6, UnobservedWeight = 0.1 };

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0.5, 0.7, 0.3)]
    [InlineData(0, 2, 0.6)]
    public void Customers_solve_the_dense_normal_equations(double exponent, double repeat, double damping)
    {
        var options = Small with
        {
            RegularizationFrequencyExponent = exponent,
            ConfidencePerRepeat = repeat,
            PopularityDamping = damping,
            Regularization = 0.05,
        };
        var sample = InteractionSample.Random(40, 30, 400, 1);
        var model = new ImplicitAlsTrainer(options).Train(sample.Matrix);
        var products = Vectors(model.ProductCount, model.Product);
        var counts = sample.Counts;
        var popularity = DenseImplicitAls.Popularity(options, sample.Products, counts);
        for (var u = 0; u < sample.Customers; u++)
        {
            var observed = Enumerable.Range(0, sample.Products)
                .Select(i => counts.TryGetValue((u, i), out var n) ? DenseImplicitAls.Confidence(options, n) * popularity.Purchase[i] : 0);
            var expected = DenseImplicitAls.SolveRow(options, products, [.. observed], popularity.Absence);
            for (var k = 0; k < expected.Length; k++)
                Assert.Equal(expected[k], model.Customer(u)[k], 1e-4 * Math.Max(1, Math.Abs(expected[k])));
        }
    }

    [Fact]
    public void Sweeps_reach_the_loss_of_exact_alternating_solves()
    {
        // Customers and products take turns in the oracle from the same result: a fixed point moves no further.
        var options = Small with { Iterations = 200 };
        var sample = InteractionSample.Random(30, 25, 300, 2);
        var model = new ImplicitAlsTrainer(options).Train(sample.Matrix);
        var customers = Vectors(model.CustomerCount, model.Customer);
        var products = Vectors(model.ProductCount, model.Product);
        var before = DenseImplicitAls.Loss(options, customers, products, sample.Counts);
        var counts = sample.Counts;
        var popularity = DenseImplicitAls.Popularity(options, sample.Products, counts);
        for (var i = 0; i < products.Length; i++)
        {
            var observed = Enumerable.Range(0, sample.Customers)
                .Select(u => counts.TryGetValue((u, i), out var n) ? DenseImplicitAls.Confidence(options, n) * popularity.Purchase[i] : 0);
            products[i] = DenseImplicitAls.SolveRow(
                options, customers, [.. observed], [.. Enumerable.Repeat(popularity.Absence[i], sample.Customers)]);
        }

        var after = DenseImplicitAls.Loss(options, customers, products, sample.Counts);
        Assert.InRange(before - after, -1e-6 * before, 1e-4 * before);
    }

    [Fact]
    public void The_reported_loss_is_the_dense_loss_and_decreases()
    {
        var sample = InteractionSample.Random(50, 40, 600, 3);
        var losses = new ImplicitAlsTrainer(Small with { Iterations = 10 }).Train(sample.Matrix).Losses;
        for (var i = 1; i < losses.Count; i++)
            Assert.True(losses[i] <= losses[i - 1] * (1 + 1e-6), $"{losses[i]} after {losses[i - 1]}");
        // The last report is taken before customers are solved once more, which can only lower it, and at the end hardly does.
        var options = Small with { Iterations = 300 };
        var model = new ImplicitAlsTrainer(options).Train(sample.Matrix);
        var dense = DenseImplicitAls.Loss(
            options, Vectors(model.CustomerCount, model.Customer), Vectors(model.ProductCount, model.Product), sample.Counts);
        Assert.InRange(model.Losses[^1] / dense, 1 - 1e-4, 1 + 1e-4);
    }

    [Fact]
    public void A_checkerboard_is_answered_with_the_product_left_out()
    {
        var sample = InteractionSample.Checkerboard(20);
        var model = new ImplicitAlsTrainer(new FactorizationOptions { Factors = 2, Iterations = 20, UnobservedWeight = 0.3 }).Train(sample.Matrix);
        for (var u = 0; u < 20; u++)
        {
            var same = Enumerable.Range(0, 20).Where(i => (u + i) % 2 == 0).Min(i => model.Score(model.Customer(u), i));
            var other = Enumerable.Range(0, 20).Where(i => (u + i) % 2 != 0).Max(i => model.Score(model.Customer(u), i));
            Assert.True(same > other + 0.3, $"customer {u}: {same} against {other}");
        }
    }

    [Fact]
    public void One_thread_and_many_and_any_order_of_triples_give_the_same_bytes()
    {
        // More rows than one block and one segment of the Gram matrix hold.
        var sample = InteractionSample.Random(9000, 700, 30_000, 4);
        var options = Small with { Iterations = 2 };
        var one = new ImplicitAlsTrainer(options).Train(sample.Matrix, new TrainingRun { Threads = 1 });
        Array.Reverse(sample.Customer);
        Array.Reverse(sample.Product);
        Array.Reverse(sample.Count);
        var many = new ImplicitAlsTrainer(options).Train(sample.Matrix, new TrainingRun { Threads = 7 });
        Assert.Equal(MemoryMarshal.AsBytes<float>(one.Customers.Values), MemoryMarshal.AsBytes<float>(many.Customers.Values));
        Assert.Equal(MemoryMarshal.AsBytes<float>(one.Products.Values), MemoryMarshal.AsBytes<float>(many.Products.Values));
        Assert.Equal(one.Losses, many.Losses);
    }

    [Fact]
    public void A_product_that_nearly_everybody_buys_solves_its_equations_and_the_threads_that_share_it_change_no_byte()
    {
        // Two such products, one of them amid others of its block.
        const int customers = NormalEquations.LongRow + 9_000;
        var few = InteractionSample.Random(customers, 40, 5_000, 6);
        var everybody = Enumerable.Range(0, customers).ToArray();
        var sample = few with
        {
            Products = 50,
            Customer = [.. few.Customer, .. everybody, .. everybody],
            Product = [.. few.Product, .. everybody.Select(_ => 17), .. everybody.Select(_ => 49)],
            Count = [.. few.Count, .. everybody.Select(_ => 1f), .. everybody.Select(_ => 1f)],
        };
        var options = Small with { Factors = 5, Iterations = 2, PopularityDamping = 0 };
        var one = new ImplicitAlsTrainer(options).Train(sample.Matrix, new TrainingRun { Threads = 1 });
        var many = new ImplicitAlsTrainer(options).Train(sample.Matrix, new TrainingRun { Threads = 5 });
        Assert.Equal(MemoryMarshal.AsBytes<float>(one.Products.Values), MemoryMarshal.AsBytes<float>(many.Products.Values));
        Assert.Equal(one.Losses, many.Losses);

        // One row by itself: as many steps as factors solve it exactly.
        var weights = SparseRows.FromTriples(1, customers, new int[customers], everybody, []);
        var gram = GramMatrix.Of(one.Customers, options.UnobservedWeight, [], new TrainingRun());
        var vector = new float[one.Customers.Stride];
        var loss = new double[1];
        new NormalEquations(one.Customers, gram, 1).Solve(weights, 0, vector, [3f], 40, 1e-12, loss);
        var vectors = Vectors(customers, one.Customer);
        var exact = options with { RegularizationFrequencyExponent = 0, Regularization = 3 };
        var ones = Enumerable.Repeat(1d, customers).ToArray();
        var expected = DenseImplicitAls.SolveRow(exact, vectors, ones, ones);
        for (var k = 0; k < expected.Length; k++)
            Assert.Equal(expected[k], vector[k], 1e-3 * (1 + Math.Abs(expected[k])));
        var scores = Array.ConvertAll(vectors, v => v.Zip(expected, (a, b) => a * b).Sum());
        var dense = scores.Sum(s => ((1 - s) * (1 - s)) + (options.UnobservedWeight * s * s)) + (3 * expected.Sum(w => w * w));
        // The loss is what the steps left of one for every customer, and they are known to the precision of floats.
        Assert.Equal(dense, loss[0], 5e-5 * customers);
    }

    [Fact]
    public void Another_seed_starts_elsewhere()
    {
        var sample = InteractionSample.Random(20, 20, 100, 5);
        var one = new ImplicitAlsTrainer(Small).Train(sample.Matrix, new TrainingRun { Seed = 1 });
        var two = new ImplicitAlsTrainer(Small).Train(sample.Matrix, new TrainingRun { Seed = 2 });
        Assert.NotEqual(one.Products.Values, two.Products.Values);
    }

    [Fact]
    public void Extreme_interactions_give_finite_factors()
    {
        (int Customers, int Products, int[] U, int[] I, float[] C)[] inputs =
        [
            (0, 0, [], [], []),
            (3, 4, [], [], []),
            (1, 1, [0], [0], [1]),
            (1, 5, [0, 0], [1, 3], [1e30f, float.Epsilon]),
            (5, 3, [2, 2, 2], [0, 1, 2], [1, 1, 1]),
            (2, 2, [0, 0, 1], [0, 0, 1], [float.MaxValue, float.MaxValue, 1]),
        ];
        foreach (var (customers, products, u, i, c) in inputs)
        {
            foreach (var regularization in new[] { 0, 0.004, 100 })
            {
                var options = Small with { Regularization = regularization };
                var model = new ImplicitAlsTrainer(options).Train(InteractionMatrix.FromTriples(customers, products, u, i, c));
                Assert.All(model.Customers.Values, value => Assert.True(float.IsFinite(value)));
                Assert.All(model.Products.Values, value => Assert.True(float.IsFinite(value)));
                Assert.All(model.Losses, loss => Assert.True(double.IsFinite(loss)));
            }
        }
    }

    [Fact]
    public void A_customer_without_purchases_has_the_zero_vector()
    {
        var model = new ImplicitAlsTrainer(Small).Train(InteractionMatrix.FromTriples(3, 4, [0, 2], [1, 2]));
        Assert.All(model.Customer(1).ToArray(), value => Assert.Equal(0f, value));
    }

    [Fact]
    public void A_cancelled_run_throws_and_progress_reaches_the_end()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var sample = InteractionSample.Random(20, 20, 100, 6);
        Assert.ThrowsAny<OperationCanceledException>(
            () => new ImplicitAlsTrainer(Small).Train(sample.Matrix, new TrainingRun { Cancellation = source.Token }));
        var progress = new Recorded();
        new ImplicitAlsTrainer(Small).Train(sample.Matrix, new TrainingRun { Progress = progress });
        Assert.Equal(1, progress.Done[^1]);
        Assert.Equal(Small.Iterations + 1, progress.Done.Count);
    }

    [Fact]
    public void All_wrong_options_are_listed_at_once()
    {
        var wrong = new FactorizationOptions
        {
            Factors = 0,
            Iterations = 0,
            Regularization = double.NaN,
            RegularizationFrequencyExponent = -1,
            UnobservedWeight = 0,
            ConfidencePerRepeat = -1,
            PopularityDamping = 2,
            ScorePopularityExponent = -2,
        };
        var thrown = Assert.Throws<InvalidOptionsException>(() => new ImplicitAlsTrainer(wrong));
        Assert.Equal(8, thrown.Errors.Count);
    }

    private static double[][] Vectors(int count, Func<int, ReadOnlySpan<float>> vector) =>
        [.. Enumerable.Range(0, count).Select(i => vector(i).ToArray().Select(value => (double)value).ToArray())];

    private sealed class Recorded : IProgress<TrainingProgress>
    {
        public List<double> Done { get; } = [];

        public void Report(TrainingProgress value) => Done.Add(value.Done);
    }
}
