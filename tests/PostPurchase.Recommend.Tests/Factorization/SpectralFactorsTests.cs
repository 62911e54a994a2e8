using MathNet.Numerics.LinearAlgebra;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Scoring;

namespace PostPurchase.Recommend.Tests.Factorization;

public class SpectralFactorsTests
{
    private static readonly InteractionSample Sample = InteractionSample.Random(120, 40, 1500, 21);
    private static readonly FactorizationOptions Options = new() { Factors = 9, Iterations = 3, SpectralFactors = 20, SpectralWeight = 3 };

    [Fact]
    public void With_all_directions_scores_are_those_of_the_dense_filter()
    {
        var options = Options with { SpectralFactors = Sample.Products, ConfidencePerRepeat = 0.5 };
        var model = new ImplicitAlsTrainer(options).Train(Sample.Matrix);
        var counts = Sample.Counts;
        var bought = Matrix<double>.Build.Dense(Sample.Customers, Sample.Products);
        foreach (var ((u, i), count) in counts)
            bought[u, i] = options.Confidence((float)count);
        var customers = Enumerable.Range(0, Sample.Customers).Select(u => counts.Keys.Count(k => k.Item1 == u)).ToArray();
        var products = Enumerable.Range(0, Sample.Products).Select(i => counts.Keys.Count(k => k.Item2 == i)).ToArray();
        var mean = (double)counts.Count / products.Count(n => n > 0);
        var popularity = products.Select(n => Math.Max(1, n) / mean).ToArray();
        var evened = bought.MapIndexed((u, i, weight) => weight * Math.Pow(Math.Max(1, customers[u]), -0.3) * Math.Pow(popularity[i], -0.5));
        var strength = evened.TransposeThisAndMultiply(evened);
        var ridge = 0.35 * strength.Trace() / Sample.Products;
        var filter = strength * (strength + (Matrix<double>.Build.DenseIdentity(Sample.Products) * ridge)).Inverse();
        for (var u = 0; u < Sample.Customers; u++)
        {
            for (var j = 0; j < Sample.Products; j++)
            {
                var expected = options.SpectralWeight * Math.Pow(popularity[j], 0.5)
                    * Enumerable.Range(0, Sample.Products).Sum(i => bought[u, i] * Math.Pow(popularity[i], -0.4) * filter[i, j]);
                var actual = Dot(model.Customer(u)[options.Factors..], model.Product(j)[options.Factors..]);
                Assert.Equal(expected, actual, 2e-3 * (1 + Math.Abs(expected)));
            }
        }
    }

    [Fact]
    public void Learned_factors_are_the_same_with_and_without_spectral_ones()
    {
        var with = new ImplicitAlsTrainer(Options).Train(Sample.Matrix);
        var without = new ImplicitAlsTrainer(Options with { SpectralFactors = 0 }).Train(Sample.Matrix);
        Assert.Equal((29, 9), (with.Factors, without.Factors));
        for (var i = 0; i < with.ProductCount; i++)
            Assert.Equal(without.Product(i).ToArray(), with.Product(i)[..9].ToArray());
        for (var u = 0; u < with.CustomerCount; u++)
            Assert.Equal(without.Customer(u).ToArray(), with.Customer(u)[..9].ToArray());
    }

    [Fact]
    public void One_thread_and_many_and_any_order_of_triples_give_the_same_bytes()
    {
        var one = new ImplicitAlsTrainer(Options).Train(Sample.Matrix, new TrainingRun { Threads = 1 });
        var reversed = Sample with
        {
            Customer = [.. Sample.Customer.Reverse()],
            Product = [.. Sample.Product.Reverse()],
            Count = [.. Sample.Count.Reverse()],
        };
        var many = new ImplicitAlsTrainer(Options).Train(reversed.Matrix, new TrainingRun { Threads = 7 });
        Assert.Equal(one.Customers.Values, many.Customers.Values);
        Assert.Equal(one.Products.Values, many.Products.Values);
    }

    [Fact]
    public void Folded_in_written_and_read_back_customers_have_the_trained_vector()
    {
        var model = new ImplicitAlsTrainer(Options).Train(Sample.Matrix);
        using var stream = new MemoryStream();
        model.Write(new SectionWriter(stream));
        stream.Position = 0;
        var reader = new SectionReader("factors", stream, stream.Length);
        var read = FactorModel.Read(reader);
        reader.ExpectEnd();
        var vector = new float[model.Factors];
        for (var u = 0; u < model.CustomerCount; u++)
        {
            var bought = Sample.Counts.Where(pair => pair.Key.Item1 == u).ToArray();
            read.FoldIn([.. bought.Select(pair => pair.Key.Item2)], [.. bought.Select(pair => (float)pair.Value)], vector);
            Assert.Equal(model.Customer(u).ToArray(), vector);
        }
    }

    [Fact]
    public void A_checkerboard_is_answered_with_the_product_left_out()
    {
        var sample = InteractionSample.Checkerboard(12);
        // So heavy that the learned factors decide nothing.
        var model = new ImplicitAlsTrainer(Options with { Factors = 1, SpectralFactors = 4, SpectralWeight = 1e4 }).Train(sample.Matrix);
        var best = new ScoredItem[sample.Products];
        for (var u = 0; u < sample.Customers; u++)
        {
            var own = sample.Counts.Keys.Where(pair => pair.Item1 == u).Select(pair => pair.Item2).ToHashSet();
            var found = model.Top(model.Customer(u), [], best);
            var first = best.Take(found).First(item => !own.Contains(item.Item)).Item;
            Assert.Equal(u % 2, first % 2);
        }
    }

    [Fact]
    public void More_directions_than_there_are_stay_finite_and_say_nothing()
    {
        var sample = InteractionSample.Random(5, 6, 12, 3);
        var model = new ImplicitAlsTrainer(Options with { SpectralFactors = 40 }).Train(sample.Matrix);
        Assert.All(model.Products.Values, value => Assert.True(float.IsFinite(value)));
        Assert.All(model.Customers.Values, value => Assert.True(float.IsFinite(value)));
        Assert.InRange(model.Products.Values.Max(Math.Abs), 0, 100);
    }

    private static double Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var sum = 0d;
        for (var i = 0; i < left.Length; i++)
            sum += (double)left[i] * right[i];
        return sum;
    }
}
