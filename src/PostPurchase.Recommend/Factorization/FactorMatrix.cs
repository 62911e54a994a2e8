using System.Numerics.Tensors;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Scoring.Kernels;

namespace PostPurchase.Recommend.Factorization;

/// <summary>Vectors of equal length, one after the other, each padded with zeros to whole lanes.</summary>
internal sealed class FactorMatrix
{
    private const int BlockRows = 512;

    public FactorMatrix(int rows, int factors)
        : this(rows, factors, new float[Length(rows, factors)])
    {
    }

    private FactorMatrix(int rows, int factors, float[] values)
    {
        Rows = rows;
        Factors = factors;
        Stride = FloatKernel.Padded(factors);
        Values = values;
    }

    public int Rows { get; }

    public int Factors { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int Stride { get; }

    public float[] Values { get; }

    /// <summary>The row with its padding.</summary>
    public Span<float> this[int row] => Values.AsSpan(row * Stride, Stride);

    public Span<float> Block(int first, int last) => Values.AsSpan(first * Stride, (last - first) * Stride);

    /// <summary>Independent normal values; every row has its own stream, whichever thread draws it.</summary>
    public static FactorMatrix Normal(int rows, int factors, double standardDeviation, ulong seed, TrainingRun run)
    {
        var result = new FactorMatrix(rows, factors);
        ParallelRows.For(rows, BlockRows, run, (first, last) =>
        {
            for (var row = first; row < last; row++)
            {
                var random = new SeededRandom(seed, (ulong)row + 1);
                foreach (ref var value in result[row][..factors])
                    value = (float)(random.NextNormal() * standardDeviation);
            }
        });
        return result;
    }

    /// <summary>Copies vectors that stand one after the other without padding.</summary>
    public static FactorMatrix From(ReadOnlySpan<float> values, int factors)
    {
        if (values.Length % factors != 0)
            throw new ArgumentException($"{values.Length} values are no whole number of vectors of {factors} factors.", nameof(values));
        var result = new FactorMatrix(values.Length / factors, factors);
        for (var row = 0; row < result.Rows; row++)
        {
            var vector = values.Slice(row * factors, factors);
            if (!TensorPrimitives.IsFiniteAll(vector))
                throw new ArgumentException($"Vector {row} holds a value that is not finite.", nameof(values));
            vector.CopyTo(result[row]);
        }

        return result;
    }

    /// <summary>Every row followed by the same row of another matrix.</summary>
    public FactorMatrix With(FactorMatrix more)
    {
        var result = new FactorMatrix(Rows, Factors + more.Factors);
        for (var row = 0; row < Rows; row++)
        {
            this[row][..Factors].CopyTo(result[row]);
            more[row][..more.Factors].CopyTo(result[row][Factors..]);
        }

        return result;
    }

    /// <summary>The first factors of every row; the matrix itself when it has no more.</summary>
    public FactorMatrix First(int factors)
    {
        if (factors == Factors)
            return this;
        var result = new FactorMatrix(Rows, factors);
        for (var row = 0; row < Rows; row++)
            this[row][..factors].CopyTo(result[row]);
        return result;
    }

    public void Write(SectionWriter writer)
    {
        writer.Write(Rows);
        writer.WriteArray<float>(Values);
    }

    public static FactorMatrix Read(SectionReader reader, int factors)
    {
        var rows = reader.ReadInt32();
        if (rows < 0 || (long)rows * FloatKernel.Padded(factors) > Array.MaxLength)
            throw reader.Damaged($"it cannot hold {rows} vectors of {factors} factors");
        var values = reader.ReadArray<float>(Length(rows, factors));
        return TensorPrimitives.IsFiniteAll<float>(values)
            ? new FactorMatrix(rows, factors, values)
            : throw reader.Damaged("a factor is not finite");
    }

    private static int Length(int rows, int factors)
    {
        var length = (long)rows * FloatKernel.Padded(factors);
        return length <= Array.MaxLength
            ? (int)length
            : throw new ArgumentException($"{rows} vectors of {factors} factors do not fit into one array: use fewer factors.");
    }
}
