namespace PostPurchase.Recommend.Factorization;

/// <summary>A sparse matrix by rows: row r owns the entries [Start[r], Start[r + 1]), columns ascending and no column twice.</summary>
internal sealed record SparseRows(int Columns, int[] Start, int[] Column, float[] Value)
{
    private const int BlockRows = 512;

    public int Rows => Start.Length - 1;

    public int Entries => Column.Length;

    public ReadOnlySpan<int> ColumnsOf(int row) => Column.AsSpan(Start[row]..Start[row + 1]);

    public ReadOnlySpan<float> ValuesOf(int row) => Value.AsSpan(Start[row]..Start[row + 1]);

    /// <summary>Takes triples in any order and adds up the counts of equal pairs; the errors speak of customers and products.</summary>
    public static SparseRows FromTriples(
        int customerCount, int productCount, ReadOnlySpan<int> customers, ReadOnlySpan<int> products, ReadOnlySpan<float> counts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(customerCount);
        ArgumentOutOfRangeException.ThrowIfNegative(productCount);
        if (customers.Length != products.Length || (counts.Length != 0 && counts.Length != products.Length))
            throw new ArgumentException("Customers, products and counts must be of the same length.", nameof(products));
        var keys = new long[customers.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            if ((uint)customers[i] >= (uint)customerCount || (uint)products[i] >= (uint)productCount)
                throw new ArgumentException($"Triple {i} is ({customers[i]}, {products[i]}), outside {customerCount} x {productCount}.", nameof(customers));
            if (counts.Length > 0 && !(counts[i] > 0 && float.IsFinite(counts[i])))
                throw new ArgumentException($"The count of triple {i} is {counts[i]} but must be positive and finite.", nameof(counts));
            keys[i] = ((long)customers[i] << 32) | (uint)products[i];
        }

        var values = counts.Length > 0 ? counts.ToArray() : Ones(keys.Length);
        Array.Sort(keys, values);
        return Merge(customerCount, productCount, keys, values);
    }

    /// <summary>The same entries by columns; counting sort keeps the rows of a column ascending.</summary>
    public SparseRows Transposed()
    {
        var start = new int[Columns + 1];
        foreach (var column in Column)
            start[column + 1]++;
        for (var column = 0; column < Columns; column++)
            start[column + 1] += start[column];
        var next = start.AsSpan(0, Columns).ToArray();
        var rowOf = new int[Entries];
        var value = new float[Entries];
        for (var row = 0; row < Rows; row++)
        {
            for (var entry = Start[row]; entry < Start[row + 1]; entry++)
            {
                var to = next[Column[entry]]++;
                rowOf[to] = row;
                value[to] = Value[entry];
            }
        }

        return new SparseRows(Rows, start, rowOf, value);
    }

    /// <summary>The same places with other values, which the row, the column and the old value give.</summary>
    public SparseRows WithValues(TrainingRun run, Func<int, int, float, float> change)
    {
        var changed = new float[Entries];
        ParallelRows.For(Rows, BlockRows, run, (first, last) =>
        {
            for (var row = first; row < last; row++)
            {
                for (var entry = Start[row]; entry < Start[row + 1]; entry++)
                    changed[entry] = change(row, Column[entry], Value[entry]);
            }
        });
        return this with { Value = changed };
    }

    /// <summary>The sum of the row's values.</summary>
    public double Sum(int row)
    {
        var sum = 0d;
        foreach (var value in ValuesOf(row))
            sum += value;
        return sum;
    }

    /// <summary>The sum of every row's values.</summary>
    public double[] Sums(TrainingRun run)
    {
        var sums = new double[Rows];
        ParallelRows.For(Rows, BlockRows, run, (first, last) =>
        {
            for (var row = first; row < last; row++)
                sums[row] = Sum(row);
        });
        return sums;
    }

    private static SparseRows Merge(int rows, int columns, long[] keys, float[] values)
    {
        var start = new int[rows + 1];
        var merged = 0;
        for (var i = 0; i < keys.Length;)
        {
            var key = keys[i];
            var first = i;
            while (i < keys.Length && keys[i] == key)
                i++;
            var group = values.AsSpan(first, i - first);
            // Smallest first: the sum must not depend on the order of the input.
            group.Sort();
            var sum = 0d;
            foreach (var value in group)
                sum += value;
            keys[merged] = key;
            values[merged++] = (float)Math.Min(sum, float.MaxValue);
            start[(int)(key >> 32) + 1] = merged;
        }

        for (var row = 0; row < rows; row++)
            start[row + 1] = Math.Max(start[row + 1], start[row]);
        var column = new int[merged];
        for (var i = 0; i < merged; i++)
            column[i] = (int)keys[i];
        return new SparseRows(columns, start, column, values.AsSpan(0, merged).ToArray());
    }

    private static float[] Ones(int length)
    {
        var ones = new float[length];
        Array.Fill(ones, 1f);
        return ones;
    }
}
