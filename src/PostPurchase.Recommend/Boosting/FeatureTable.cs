namespace PostPurchase.Recommend.Boosting;

/// <summary>Rows of features, stored column by column; NaN is a missing value.</summary>
internal sealed class FeatureTable
{
    private readonly float[][] _columns;

    public FeatureTable(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        Rows = rows;
        _columns = new float[columns][];
        for (var c = 0; c < columns; c++)
            _columns[c] = new float[rows];
    }

    public int Rows { get; }

    public int Columns => _columns.Length;

    public Span<float> Column(int column) => _columns[column];

    public void SetRow(int row, ReadOnlySpan<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, Columns);
        for (var c = 0; c < values.Length; c++)
            _columns[c][row] = values[c];
    }

    public void CopyRow(int row, Span<float> values)
    {
        for (var c = 0; c < _columns.Length; c++)
            values[c] = _columns[c][row];
    }
}
