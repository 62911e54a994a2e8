using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Scoring;

namespace PostPurchase.Recommend.Tests.Factorization;

public class FactorModelTests
{
    private static readonly InteractionSample Sample = InteractionSample.Random(200, 90, 3000, 11);
    private static readonly FactorModel Model = new ImplicitAlsTrainer(new FactorizationOptions { Factors = 20, Iterations = 5 }).Train(Sample.Matrix);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(11)]
    public void Many_products_at_once_score_as_each_alone(int count)
    {
        int[] products = [.. Enumerable.Range(0, count).Select(i => (i * 7) % Model.ProductCount)];
        var scores = new float[count];

        Model.Scores(Model.Customer(3), products, scores);

        Assert.Equal(products.Select(p => Model.Score(Model.Customer(3), p)), scores);
    }

    [Fact]
    public void Folding_a_trained_customer_in_gives_the_trained_vector_bit_for_bit()
    {
        for (var u = 0; u < Model.CustomerCount; u++)
        {
            var bought = Sample.Counts.Where(pair => pair.Key.Item1 == u).OrderByDescending(pair => pair.Key.Item2).ToArray();
            var vector = new float[Model.Factors];
            Model.FoldIn([.. bought.Select(pair => pair.Key.Item2)], [.. bought.Select(pair => (float)pair.Value)], vector);
            Assert.Equal(Model.Customer(u).ToArray(), vector);
        }
    }

    [Fact]
    public void Folding_in_nothing_gives_the_zero_vector()
    {
        var vector = new float[Model.Factors];
        vector[3] = 1;
        Model.FoldIn([], [], vector);
        Assert.All(vector, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Folding_in_refuses_what_it_cannot_know()
    {
        var vector = new float[Model.Factors];
        Assert.Throws<ArgumentException>(() => Model.FoldIn([90], [], vector));
        Assert.Throws<ArgumentException>(() => Model.FoldIn([-1], [], vector));
        Assert.Throws<ArgumentException>(() => Model.FoldIn([1], [0], vector));
        Assert.Throws<ArgumentException>(() => Model.FoldIn([1], [float.NaN], vector));
        Assert.Throws<ArgumentException>(() => Model.FoldIn([1, 2], [1], vector));
        Assert.Throws<ArgumentException>(() => Model.FoldIn([1], [1], new float[19]));
        Assert.Throws<ArgumentException>(() => Model.Score(new float[19], 1));
    }

    [Fact]
    public void The_scan_gives_the_scores_of_single_products_in_order()
    {
        var best = new ScoredItem[Model.ProductCount + 5];
        var found = Model.Top(Model.Customer(7), [], best);
        Assert.Equal(Model.ProductCount, found);
        for (var i = 0; i < found; i++)
            Assert.Equal(Model.Score(Model.Customer(7), best[i].Item), best[i].Score);
        for (var i = 1; i < found; i++)
            Assert.True(best[i - 1].Before(best[i]));
    }

    [Theory]
    [InlineData(0f, 10)]
    [InlineData(1f, 10)]
    [InlineData(1f, 900)]
    public void Products_that_no_bound_tells_apart_are_scanned_all_the_same(float customer, int wanted)
    {
        const int products = 12_000;
        var model = FactorModel.FromFactors(new FactorizationOptions { Factors = 3 }, [], [.. Enumerable.Range(0, products * 3).Select(i => 1 + (1e-6f * (i % 7)))]);
        var (best, expected) = (new ScoredItem[wanted], new ScoredItem[wanted]);
        Assert.Equal(wanted, model.Top([customer, 2 * customer, 0], [], best));
        TopItems.Find(model.Panels, [customer, 2 * customer, 0], [], expected);
        Assert.Equal(expected, best);
    }

    [Fact]
    public void Similarity_is_the_cosine()
    {
        var options = new FactorizationOptions { Factors = 2 };
        var model = FactorModel.FromFactors(options, [], [3, 4, 6, 8, -3, -4, 4, -3, 0, 0]);
        Assert.Equal(5, model.ProductCount);
        Assert.Equal(1, model.Similarity(0, 1), 1e-12);
        Assert.Equal(-1, model.Similarity(0, 2), 1e-12);
        Assert.Equal(0, model.Similarity(0, 3), 1e-12);
        Assert.Equal(0, model.Similarity(0, 4));
    }

    [Fact]
    public void Factors_from_elsewhere_are_checked_and_can_fold_in()
    {
        var options = new FactorizationOptions { Factors = 2, Regularization = 0, UnobservedWeight = 0.5 };
        Assert.Throws<ArgumentException>(() => FactorModel.FromFactors(options, [1, 2, 3], [1, 2]));
        Assert.Throws<ArgumentException>(() => FactorModel.FromFactors(options, [], [1, float.NaN]));
        var model = FactorModel.FromFactors(options, [], [1, 0, 0, 2]);
        var vector = new float[2];
        model.FoldIn([0], [], vector);
        // One product alone in its direction: (1 + 0.5) w = 1.
        Assert.Equal(1 / 1.5, vector[0], 1e-6);
        Assert.Equal(0, vector[1], 1e-6);
    }

    [Fact]
    public void A_model_read_back_is_the_model_written()
    {
        using var stream = new MemoryStream();
        Model.Write(new SectionWriter(stream));
        stream.Position = 0;
        var reader = new SectionReader("factors", stream, stream.Length);
        var read = FactorModel.Read(reader);
        reader.ExpectEnd();
        Assert.Equal(Model.Options, read.Options);
        Assert.Equal(Model.Losses, read.Losses);
        Assert.Equal(Model.Customers.Values, read.Customers.Values);
        Assert.Equal(Model.Products.Values, read.Products.Values);
        var (a, b) = (new float[20], new float[20]);
        Model.FoldIn([1, 5], [], a);
        read.FoldIn([1, 5], [], b);
        Assert.Equal(a, b);
    }

    [Fact]
    public void A_damaged_section_is_a_format_error()
    {
        using var stream = new MemoryStream();
        Model.Write(new SectionWriter(stream));
        var bytes = stream.ToArray();
        for (var at = 0; at < 60; at++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[at] ^= 0x80;
            try
            {
                FactorModel.Read(new SectionReader("factors", new MemoryStream(damaged), damaged.Length));
            }
            catch (ModelFormatException)
            {
                continue;
            }

            // A flipped bit may leave a value in its range; the container's checksum is there for that.
        }

        for (var length = 0; length < bytes.Length; length += 997)
            Assert.Throws<ModelFormatException>(() => FactorModel.Read(new SectionReader("factors", new MemoryStream(bytes, 0, length), length)));
        // Not finite: the first float after ten options and the number of rows and values.
        BitConverter.GetBytes(float.NaN).CopyTo(bytes, (3 * 4) + (7 * 8) + 8);
        Assert.Throws<ModelFormatException>(() => FactorModel.Read(new SectionReader("factors", new MemoryStream(bytes), bytes.Length)));
    }
}
