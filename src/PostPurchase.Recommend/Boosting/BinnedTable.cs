namespace PostPurchase.Recommend.Boosting;

/// <summary>A table with every value replaced by its bin, row by row: a row of a leaf is one or two cache lines.</summary>
internal sealed class BinnedTable
{
    private const int BlockRows = 4096;

    private BinnedTable(FeatureBins[] bins, byte[] values, int rows)
    {
        Bins = bins;
        Values = values;
        Rows = rows;
    }

    public FeatureBins[] Bins { get; }

    /// <summary>The bin of feature f in row r at r x features + f.</summary>
    public byte[] Values { get; }

    public int Rows { get; }

    public int Features => Bins.Length;

    public static BinnedTable From(FeatureTable table, int maxBins, TrainingRun run)
    {
        var features = table.Columns;
        var bins = new FeatureBins[features];
        ParallelRows.For(features, 1, run, (from, until) =>
        {
            for (var f = from; f < until; f++)
                bins[f] = FeatureBins.From(table.Column(f), maxBins);
        });
        if ((long)table.Rows * features > Array.MaxLength)
            throw new ArgumentException($"A table of {table.Rows} rows and {features} features is too large; train on a sample of the rows.", nameof(table));
        var values = new byte[table.Rows * features];
        ParallelRows.For(table.Rows, BlockRows, run, (from, until) =>
        {
            for (var f = 0; f < features; f++)
            {
                var column = table.Column(f);
                for (var r = from; r < until; r++)
                    values[(r * features) + f] = bins[f].Bin(column[r]);
            }
        });
        return new BinnedTable(bins, values, table.Rows);
    }
}
