using System.Runtime.Intrinsics;

namespace PostPurchase.Recommend.Boosting;

/// <summary>
/// The derivatives of the loss of every row in fixed point: (gradient, hessian with a count of one in its lowest bits).
/// Sums of whole numbers are exact, so their order is free, a child's histogram is the parent's less its sibling's to
/// the last bit, and one thread and many grow the same tree.
/// </summary>
internal sealed class RowGradients
{
    private const int UsableBits = 62;
    private const int BlockRows = 4096;
    private readonly Vector128<long>[] _rows;
    private readonly int _countBits;
    private double _gradientUnit = 1;
    private double _hessianUnit = 1;

    public RowGradients(int rows)
    {
        _rows = new Vector128<long>[rows];
        _countBits = BitsFor(rows);
    }

    public ReadOnlySpan<Vector128<long>> Rows => _rows;

    public void Set(double[] gradient, double[] hessian, TrainingRun run)
    {
        var largest = new (double Gradient, double Hessian)[(_rows.Length + BlockRows - 1) / BlockRows];
        ParallelRows.For(_rows.Length, BlockRows, run, (from, until) =>
        {
            var (g, h) = (0.0, 0.0);
            for (var i = from; i < until; i++)
                (g, h) = (Math.Max(g, Math.Abs(gradient[i])), Math.Max(h, hessian[i]));
            largest[from / BlockRows] = (g, h);
        });
        _gradientUnit = Unit(largest.Select(block => block.Gradient).DefaultIfEmpty().Max(), UsableBits - _countBits);
        _hessianUnit = Unit(largest.Select(block => block.Hessian).DefaultIfEmpty().Max(), UsableBits - (2 * _countBits));
        ParallelRows.For(_rows.Length, BlockRows, run, (from, until) =>
        {
            for (var i = from; i < until; i++)
            {
                var g = (long)Math.Round(gradient[i] / _gradientUnit);
                var h = (long)Math.Round(hessian[i] / _hessianUnit);
                _rows[i] = Vector128.Create(g, (h << _countBits) + 1);
            }
        });
    }

    public double Gradient(Vector128<long> sum) => sum.GetElement(0) * _gradientUnit;

    public double Hessian(Vector128<long> sum) => (sum.GetElement(1) >> _countBits) * _hessianUnit;

    public int Count(Vector128<long> sum) => (int)(sum.GetElement(1) & ((1L << _countBits) - 1));

    // A power of two, so that the conversion itself rounds nothing.
    private static double Unit(double largest, int bits)
    {
        if (largest <= 0)
            return 1;
        var exponent = (int)Math.Floor(Math.Log2(largest)) + 1;
        return Math.ScaleB(1, exponent - Math.Min(bits, 50));
    }

    private static int BitsFor(int rows)
    {
        var bits = 1;
        while ((1L << bits) <= rows)
            bits++;
        return bits;
    }
}
