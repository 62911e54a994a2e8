namespace PostPurchase.Recommend.Boosting;

/// <summary>
/// A table with every value replaced by its bin, row by row, where a row of a leaf is one or two cache lines, and column by column, where
/// cutting a leaf reads one column only.
/// </summary>
internal sealed class BinnedTable
{
    private const int BlockRows = 4096;

    private readonly byte[] _columns;

    private BinnedTable(FeatureBins[] bins, byte[] values, byte[] columns, int rows)
    {
        Bins = bins;
        Values = values;
        _columns = columns;
        Rows = rows;
    }

    public FeatureBins[] Bins { get; }

    /// <summary>The bin of feature f in row r at r x features + f.</summary>
    public byte[] Values { get; }

    /// <summary>The bins of a feature, row after row.</summary>
    public ReadOnlySpan<byte> Column(int feature) => _columns.AsSpan(feature * Rows, Rows);

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
        var (values, columns) = (new byte[table.Rows * features], new byte[table.Rows * features]);
        ParallelRows.For(table.Rows, BlockRows, run, (from, until) =>
        {
            for (var f = 0; f < features; f++)
            {
                var column = table.Column(f);
                for (var r = from; r < until; r++)
                    values[(r * features) + f] = columns[(f * table.Rows) + r] = bins[f].Bin(column[r]);
            }
        });
        return new BinnedTable(bins, values, columns, table.Rows);
    }
}
