using PostPurchase.Recommend.Boosting;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Tests.Oracles;

namespace PostPurchase.Recommend.Tests.Boosting;

public sealed class BoostedTreesTests
{
    private static readonly TrainingRun OneThread = new() { Threads = 1 };

    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(2, 4, 1)]
    [InlineData(3, 6, 3)]
    [InlineData(4, 8, 2)]
    public void Agrees_with_trying_every_cut_of_the_raw_values(ulong seed, int maxLeaves, int minRows)
    {
        var random = new SeededRandom(seed);
        const int rows = 60;
        var columns = new float[3][];
        for (var c = 0; c < columns.Length; c++)
            columns[c] = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() < 0.15 ? float.NaN : (float)random.NextNormal())];
        var labels = new float[rows];
        for (var i = 0; i < rows; i++)
        {
            var signal = (float.IsNaN(columns[0][i]) ? 1 : columns[0][i]) + (0.5 * (float.IsNaN(columns[1][i]) ? 0 : columns[1][i]));
            labels[i] = signal + random.NextNormal() > 0 ? 1 : 0;
        }

        var options = new BoostedTreesOptions
        {
            Trees = 5,
            LearningRate = 0.3,
            MaxLeaves = maxLeaves,
            MinLeafRows = minRows,
            MinLeafHessian = 0,
            L2Regularization = 0.7,
        };
        var model = new BoostedTreesTrainer(options).Train(new LabelledRows(Table(columns), labels), OneThread);

        var expected = NaiveBoosting.Train(columns, labels, 5, 0.3, maxLeaves, minRows, 0.7);
        for (var i = 0; i < rows; i++)
            Assert.Equal(expected[i], model.Score([columns[0][i], columns[1][i], columns[2][i]]), 1e-5);
    }

    [Fact]
    public void Learns_an_exclusive_or_that_no_single_feature_shows()
    {
        var random = new SeededRandom(5);
        var (a, b, noise) = (new float[4000], new float[4000], new float[4000]);
        var labels = new float[4000];
        for (var i = 0; i < labels.Length; i++)
        {
            (a[i], b[i], noise[i]) = ((float)random.NextDouble(), (float)random.NextDouble(), (float)random.NextDouble());
            labels[i] = (a[i] > 0.5f) != (b[i] > 0.3f) ? 1 : 0;
        }

        var model = new BoostedTreesTrainer(new BoostedTreesOptions { Trees = 100, MaxLeaves = 8 }).Train(new LabelledRows(Table([a, b, noise]), labels), OneThread);

        Assert.True(model.Probability([0.9f, 0.9f, 0.5f]) < 0.05);
        Assert.True(model.Probability([0.9f, 0.1f, 0.5f]) > 0.95);
        Assert.True(model.Probability([0.1f, 0.9f, 0.5f]) > 0.95);
        Assert.True(model.Probability([0.1f, 0.1f, 0.5f]) < 0.05);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Missing_values_go_where_their_outcomes_are(bool missingMeansYes)
    {
        var values = Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? float.NaN : i % 4 == 1 ? 0f : 1f).ToArray();
        var labels = values.Select(v => float.IsNaN(v) ? (missingMeansYes ? 1f : 0f) : v).ToArray();

        var model = new BoostedTreesTrainer(new BoostedTreesOptions { Trees = 60, MaxLeaves = 3 }).Train(new LabelledRows(Table([values]), labels), OneThread);

        Assert.Equal(missingMeansYes, model.Probability([float.NaN]) > 0.5);
        Assert.True(model.Probability([0f]) < 0.1);
        Assert.True(model.Probability([1f]) > 0.9);
    }

    [Fact]
    public void A_feature_that_is_only_there_or_missing_can_be_cut()
    {
        var values = Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? float.NaN : 7f).ToArray();
        var labels = values.Select(v => float.IsNaN(v) ? 1f : 0f).ToArray();

        var model = new BoostedTreesTrainer(new BoostedTreesOptions { Trees = 60 }).Train(new LabelledRows(Table([values]), labels), OneThread);

        Assert.True(model.Probability([float.NaN]) > 0.9);
        Assert.True(model.Probability([7f]) < 0.1);
    }

    [Fact]
    public void One_thread_and_many_write_the_same_bytes()
    {
        var rows = Simulated(30_000, 12, seed: 8);
        var options = new BoostedTreesOptions { Trees = 12, RowShare = 0.7, FeatureShare = 0.6 };

        var one = Bytes(new BoostedTreesTrainer(options).Train(rows, OneThread));

        Assert.Equal(one, Bytes(new BoostedTreesTrainer(options).Train(rows, new TrainingRun { Threads = 4 })));
        Assert.NotEqual(one, Bytes(new BoostedTreesTrainer(options).Train(rows, new TrainingRun { Threads = 4, Seed = 2 })));
    }

    [Fact]
    public void Bins_rows_and_features_drawn_still_predict_well()
    {
        var (train, test) = (Simulated(20_000, 6, seed: 9), Simulated(5_000, 6, seed: 10));
        var options = new BoostedTreesOptions { Trees = 80, RowShare = 0.5, FeatureShare = 0.7, MaxBins = 31 };

        var model = new BoostedTreesTrainer(options).Train(train, OneThread);

        // The truth is a logit of known score: its own loss on the same rows is the floor.
        var (scores, truth) = (Scores(model, test), TrueScores(test));
        var loss = LogisticLoss.Mean(scores, test.Labels, [], new TrainingRun());
        var floor = LogisticLoss.Mean(truth, test.Labels, [], new TrainingRun());
        Assert.InRange(loss, floor - 0.01, floor + 0.02);
    }

    [Theory]
    [InlineData(501, 20, 31)]
    [InlineData(501, 300, 32)]
    [InlineData(3, 20, 31)]
    [InlineData(40, 20, 100)]
    public void A_batch_scores_as_its_rows_do_one_by_one(int count, int trees, int leaves)
    {
        var rows = Simulated(501, 6, seed: 11);
        var options = new BoostedTreesOptions { Trees = trees, MinLeafRows = 2, MaxLeaves = leaves, FeatureShare = 0.7, MaxBins = 40 };
        var random = new SeededRandom(4);
        // Missing in training, so that cuts send missing values both ways.
        for (var i = 0; i < 501; i++)
            rows.Features.SetRow(i, Pierced(i, 0.2));
        var model = new BoostedTreesTrainer(options).Train(rows, OneThread);
        var flat = new float[count * 6];
        for (var i = 0; i < count; i++)
            Pierced(i, 0.5).CopyTo(flat, i * 6);
        (flat[3], flat[9], flat[13]) = (float.PositiveInfinity, float.NegativeInfinity, -0f);

        var scores = new double[count];
        model.Score(flat, scores);

        for (var i = 0; i < count; i++)
            Assert.Equal(model.Score(flat.AsSpan(i * 6, 6)), scores[i]);

        float[] Pierced(int row, double missing)
        {
            var values = new float[6];
            rows.Features.CopyRow(row, values);
            return [.. values.Select(value => random.NextDouble() < missing ? float.NaN : value)];
        }
    }

    [Fact]
    public void Stops_early_when_the_validation_rows_are_noise()
    {
        var train = Simulated(400, 4, seed: 12);
        var random = new SeededRandom(3);
        var noise = new LabelledRows(train.Features, [.. train.Labels.Select(_ => random.NextDouble() < 0.5 ? 1f : 0f)]);
        var options = new BoostedTreesOptions { Trees = 300, MinLeafRows = 2, PatienceTrees = 5 };

        Assert.InRange(new BoostedTreesTrainer(options).Train(train, OneThread, noise).Trees, 0, 20);
        Assert.Equal(300, new BoostedTreesTrainer(options).Train(train, OneThread).Trees);
    }

    [Fact]
    public void Early_stopping_keeps_the_trees_up_to_the_best_loss()
    {
        var (train, test) = (Simulated(600, 5, seed: 13), Simulated(2_000, 5, seed: 14));
        var options = new BoostedTreesOptions { Trees = 200, MinLeafRows = 2, PatienceTrees = 30 };

        var kept = new BoostedTreesTrainer(options).Train(train, OneThread, test);

        var best = LogisticLoss.Mean(Scores(kept, test), test.Labels, [], new TrainingRun());
        foreach (var trees in new[] { kept.Trees - 1, kept.Trees + 1, kept.Trees + 10 })
        {
            var other = new BoostedTreesTrainer(options with { Trees = trees }).Train(train, OneThread);
            Assert.True(LogisticLoss.Mean(Scores(other, test), test.Labels, [], new TrainingRun()) >= best - 1e-7);
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1f)]
    public void Constant_outcomes_give_a_finite_certain_answer(float label)
    {
        var rows = Simulated(100, 3, seed: 15);
        var model = new BoostedTreesTrainer(new BoostedTreesOptions()).Train(rows with { Labels = [.. Enumerable.Repeat(label, 100)] }, OneThread);

        Assert.Equal(label, model.Probability([0, 0, 0]), 3);
    }

    [Fact]
    public void A_single_row_and_columns_of_nothing_are_no_trouble()
    {
        var model = new BoostedTreesTrainer(new BoostedTreesOptions { MinLeafRows = 1 })
            .Train(new LabelledRows(Table([[float.NaN], [3f]]), [1f]), OneThread);
        Assert.True(model.Probability([float.NaN, 3f]) > 0.99);

        float[] nothing = [float.NaN, float.NaN, float.NaN, float.NaN];
        model = new BoostedTreesTrainer(new BoostedTreesOptions { MinLeafRows = 1, Trees = 3 })
            .Train(new LabelledRows(Table([nothing, nothing]), [1f, 0f, 1f, 0f]), OneThread);
        Assert.Equal(0.5, model.Probability([1f, float.NaN]), 6);
    }

    [Fact]
    public void Weights_count_rows_several_times()
    {
        var once = Simulated(200, 3, seed: 16);
        var weights = Enumerable.Range(0, 200).Select(i => (float)(1 + (i % 3))).ToArray();
        var repeated = Enumerable.Range(0, 200).SelectMany(i => Enumerable.Repeat(i, (int)weights[i])).ToArray();
        var table = new FeatureTable(repeated.Length, 3);
        var row = new float[3];
        for (var i = 0; i < repeated.Length; i++)
        {
            once.Features.CopyRow(repeated[i], row);
            table.SetRow(i, row);
        }

        var options = new BoostedTreesOptions { Trees = 5, MinLeafRows = 1, MinLeafHessian = 5 };
        var weighted = new BoostedTreesTrainer(options).Train(once with { Weights = weights }, OneThread);
        var copied = new BoostedTreesTrainer(options).Train(new LabelledRows(table, [.. repeated.Select(i => once.Labels[i])]), OneThread);

        foreach (var i in new[] { 0, 1, 2, 100, 199 })
        {
            once.Features.CopyRow(i, row);
            Assert.Equal(copied.Score(row), weighted.Score(row), 1e-4);
        }
    }

    [Fact]
    public void Starts_from_the_scores_it_is_given()
    {
        var rows = Simulated(5_000, 4, seed: 17);
        var truth = TrueScores(rows);
        var options = new BoostedTreesOptions { Trees = 10, MaxLeaves = 4, MinLeafRows = 1000 };

        var model = new BoostedTreesTrainer(options).Train(rows with { InitialScores = truth }, OneThread);

        // Nothing is left to learn, so the trees add next to nothing.
        Assert.All(Scores(model, rows), added => Assert.InRange(added, -0.25, 0.25));
        Assert.InRange(Scores(model, rows).Average(), -0.05, 0.05);
    }

    [Fact]
    public void Trees_after_trees_add_their_scores()
    {
        var rows = Simulated(600, 4, seed: 3);
        var first = new BoostedTreesTrainer(new BoostedTreesOptions { Trees = 6, MaxLeaves = 3 }).Train(rows, OneThread);
        var second = new BoostedTreesTrainer(new BoostedTreesOptions { Trees = 9, MaxLeaves = 12 }).Train(rows with { InitialScores = Scores(first, rows) }, OneThread);
        var both = Read(Bytes(first.Then(second)));

        Assert.Equal(15, both.Trees);
        var sums = Scores(first, rows).Zip(Scores(second, rows), (a, b) => a + b).ToArray();
        var joined = Scores(both, rows);
        for (var i = 0; i < sums.Length; i++)
            Assert.Equal(sums[i], joined[i], 1e-5);
    }

    [Fact]
    public void A_saved_model_scores_the_same()
    {
        var rows = Simulated(2_000, 5, seed: 18);
        var model = new BoostedTreesTrainer(new BoostedTreesOptions { Trees = 25 }).Train(rows, OneThread);

        var bytes = Bytes(model);
        var loaded = Read(bytes);

        Assert.Equal(Scores(model, rows), Scores(loaded, rows));
        Assert.Equal(bytes, Bytes(loaded));
    }

    [Fact]
    public void A_damaged_model_is_refused_or_answers_and_never_crashes()
    {
        var rows = Simulated(500, 3, seed: 19);
        var bytes = Bytes(new BoostedTreesTrainer(new BoostedTreesOptions { Trees = 3 }).Train(rows, OneThread));
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= 0x81;
            try
            {
                var model = Read(damaged);
                var scores = new double[2];
                model.Score(new float[2 * model.Features], scores);
            }
            catch (ModelFormatException)
            {
                continue;
            }
        }

        for (var length = 0; length < bytes.Length; length += 7)
            Assert.Throws<ModelFormatException>(() => Read(bytes[..length]));
    }

    [Fact]
    public void Options_that_cannot_be_trained_list_every_error()
    {
        var options = new BoostedTreesOptions { Trees = 0, LearningRate = double.NaN, MaxLeaves = 1, RowShare = 0, FeatureShare = 2, MaxBins = 256 };
        var error = Assert.Throws<InvalidOptionsException>(() => new BoostedTreesTrainer(options).Train(Simulated(10, 2, 1), OneThread));
        Assert.Equal(6, error.Errors.Count);
    }

    [Fact]
    public void Training_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            new BoostedTreesTrainer(new BoostedTreesOptions()).Train(Simulated(100, 2, 1), new TrainingRun { Cancellation = source.Token }));
    }

    private static LabelledRows Simulated(int rows, int features, ulong seed)
    {
        var random = new SeededRandom(seed);
        var table = new FeatureTable(rows, features);
        var labels = new float[rows];
        for (var f = 0; f < features; f++)
        {
            for (var i = 0; i < rows; i++)
                table.Column(f)[i] = (float)random.NextNormal();
        }

        for (var i = 0; i < rows; i++)
            labels[i] = random.NextDouble() < LogisticLoss.Probability(TrueScore(table, i)) ? 1 : 0;
        return new LabelledRows(table, labels);
    }

    private static double TrueScore(FeatureTable table, int row) =>
        (1.2 * (table.Column(0)[row] > 0.3f ? 1 : -1)) + (table.Column(1)[row] > 0 && table.Column(table.Columns - 1)[row] > -0.5f ? 0.8 : -0.4);

    private static double[] TrueScores(LabelledRows rows) => [.. Enumerable.Range(0, rows.Labels.Length).Select(i => TrueScore(rows.Features, i))];

    private static double[] Scores(BoostedTreesModel model, LabelledRows rows)
    {
        var row = new float[rows.Features.Columns];
        var scores = new double[rows.Labels.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            rows.Features.CopyRow(i, row);
            scores[i] = model.Score(row);
        }

        return scores;
    }

    private static FeatureTable Table(float[][] columns)
    {
        var table = new FeatureTable(columns[0].Length, columns.Length);
        for (var c = 0; c < columns.Length; c++)
            columns[c].CopyTo(table.Column(c));
        return table;
    }

    private static byte[] Bytes(BoostedTreesModel model)
    {
        using var stream = new MemoryStream();
        model.Write(new SectionWriter(stream));
        return stream.ToArray();
    }

    private static BoostedTreesModel Read(byte[] bytes)
    {
        var reader = new SectionReader("trees", new MemoryStream(bytes), bytes.Length);
        var model = BoostedTreesModel.Read(reader);
        reader.ExpectEnd();
        return model;
    }
}
