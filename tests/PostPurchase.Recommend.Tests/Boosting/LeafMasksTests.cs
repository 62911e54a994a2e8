using PostPurchase.Recommend.Boosting;

namespace PostPurchase.Recommend.Tests.Boosting;

public sealed class LeafMasksTests
{
    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(15, 40, 31)]
    [InlineData(32, 20, 97)]
    public void Many_rows_score_as_one_by_one_to_the_bit(int maxLeaves, int trees, int rows)
    {
        var model = Train(maxLeaves, trees, rows);
        var random = new SeededRandom(9);
        var stride = (rows + LeafMasks.RowsAtOnce - 1) / LeafMasks.RowsAtOnce * LeafMasks.RowsAtOnce;
        var columns = new float[3 * stride];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = random.NextDouble() < 0.2 ? float.NaN : (float)random.NextNormal();
        var scores = new double[rows];
        model.Masks!.Score(columns, stride, scores);
        for (var i = 0; i < rows; i++)
            Assert.Equal(model.Score([columns[i], columns[stride + i], columns[(2 * stride) + i]]), scores[i]);
    }

    [Fact]
    public void Trees_with_more_leaves_than_bits_are_not_laid_out()
    {
        Assert.Null(Train(33, 1, 5).Masks);
        Assert.NotNull(Train(32, 1, 5).Masks);
    }

    [Fact]
    public void Branches_that_join_again_are_refused_and_not_unfolded()
    {
        // Read from a file that was made to harm: sixty levels, each reaching the next one twice.
        TreeNode[] nodes = [.. Enumerable.Range(0, 60).Select(i => i < 59 ? new TreeNode(0, 0, i + 1, i + 1) : new TreeNode(0, 0, ~0, ~0))];
        Assert.Null(LeafMasks.Of(0, [0], nodes, [1]));
    }

    [Fact]
    public void A_tree_that_is_one_leaf_adds_it_to_every_row()
    {
        var scores = new double[3];
        LeafMasks.Of(0.5, [~0, ~1], [], [1, 2])!.Score(new float[LeafMasks.RowsAtOnce], LeafMasks.RowsAtOnce, scores);
        Assert.Equal([3.5, 3.5, 3.5], scores);
    }

    // Missing values lean to yes in one column and to no in another, so that both kinds of nodes grow.
    private static BoostedTreesModel Train(int maxLeaves, int trees, int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var table = new FeatureTable(3_000, 3);
        var labels = new float[3_000];
        for (var i = 0; i < labels.Length; i++)
        {
            float[] row = [.. Enumerable.Range(0, 3).Select(_ => random.NextDouble() < 0.2 ? float.NaN : (float)random.NextNormal())];
            table.SetRow(i, row);
            var signal = (float.IsNaN(row[0]) ? 1.5 : row[0]) + (float.IsNaN(row[1]) ? -1.5 : row[1] * row[1]) + (float.IsNaN(row[2]) ? 0 : row[2]);
            labels[i] = signal + random.NextNormal() > 0.5 ? 1 : 0;
        }

        return new BoostedTreesTrainer(new BoostedTreesOptions { Trees = trees, MaxLeaves = maxLeaves, MinLeafRows = 5 })
            .Train(new LabelledRows(table, labels), new TrainingRun());
    }
}
