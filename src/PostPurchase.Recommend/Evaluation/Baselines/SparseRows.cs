namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>A sparse matrix by rows.</summary>
internal sealed class SparseRows
{
    private readonly int[] _start;
    private readonly int[] _column;
    private readonly double[] _value;

    private SparseRows(int[] start, int[] column, double[] value)
    {
        _start = start;
        _column = column;
        _value = value;
    }

    public int Rows => _start.Length - 1;

    public ReadOnlySpan<int> Columns(int row) => _column.AsSpan(_start[row].._start[row + 1]);

    public ReadOnlySpan<double> Values(int row) => _value.AsSpan(_start[row].._start[row + 1]);

    public SparseRows Transpose(int columns)
    {
        var start = new int[columns + 1];
        foreach (var column in _column)
            start[column + 1]++;
        for (var i = 0; i < columns; i++)
            start[i + 1] += start[i];
        var next = start[..columns];
        var column2 = new int[_column.Length];
        var value2 = new double[_value.Length];
        for (var row = 0; row < Rows; row++)
        {
            for (var i = _start[row]; i < _start[row + 1]; i++)
            {
                var place = next[_column[i]]++;
                column2[place] = row;
                value2[place] = _value[i];
            }
        }

        return new SparseRows(start, column2, value2);
    }

    /// <summary>Takes the entries row by row.</summary>
    public sealed class Builder
    {
        private readonly List<int> _start = [0];
        private readonly List<int> _column = [];
        private readonly List<double> _value = [];

        public void Add(int column, double value)
        {
            _column.Add(column);
            _value.Add(value);
        }

        public void EndRow() => _start.Add(_column.Count);

        public SparseRows Build() => new([.. _start], [.. _column], [.. _value]);
    }
}
