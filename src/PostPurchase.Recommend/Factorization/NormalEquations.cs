using PostPurchase.Recommend.Scoring.Kernels;

namespace PostPurchase.Recommend.Factorization;

/// <summary>
/// Solves a block of rows of one side while the other side stands still. Row r's vector w minimises
/// sum of c (1 - w.x)^2 over its entries + w'Gw + l w'w, with G = alpha 0 x Gram matrix of the other side and l the row's regularisation
/// (Hu, Koren and Volinsky 2008, equation 4; Rendle et al. 2022, equation 3), by conjugate gradients with a diagonal preconditioner.
/// </summary>
/// <remarks>
/// A row costs its entries x factors a step instead of a factors^3 factorisation; G times the search directions is one matrix product
/// for the block. One instance serves one thread.
/// </remarks>
internal sealed class NormalEquations
{
    /// <summary>Rows with more entries are summed in segments, which threads can share: one heavy row must not hold up all others.</summary>
    public const int LongRow = 1 << 15;
    private const int SegmentEntries = 1 << 13;
    private const int EntriesAhead = 12;

    private readonly FloatKernel _kernel = FloatKernels.Best;
    private readonly FactorMatrix _other;
    private readonly float[] _gram;
    private readonly int _stride;
    private readonly float[] _residual;
    private readonly float[] _direction;
    private readonly float[] _product;
    private readonly float[] _scaled;
    private readonly float[] _diagonal;
    private readonly double[] _energy;

    public NormalEquations(FactorMatrix other, float[] gram, int blockRows)
    {
        _other = other;
        _gram = gram;
        _stride = other.Stride;
        _residual = new float[blockRows * _stride];
        _direction = new float[blockRows * _stride];
        _product = new float[blockRows * _stride];
        _scaled = new float[_stride];
        _diagonal = new float[_stride];
        for (var i = 0; i < _stride; i++)
        {
            // The padding, and a direction in which no vector of the other side points, must not divide by zero.
            _diagonal[i] = Math.Max(gram[(i * _stride) + i], 1e-30f);
        }

        _energy = new double[blockRows];
    }

    /// <summary>Improves the block's vectors in place and returns every row's loss after it, its regularisation included.</summary>
    /// <param name="weights">The entries of all rows, their values being the weights c.</param>
    /// <param name="first">The first row of the block.</param>
    /// <param name="vectors">The block's vectors, padded: the start of the iteration and the result.</param>
    /// <param name="regularization">One value for every row of the block.</param>
    /// <param name="steps">The most steps to take.</param>
    /// <param name="losses">Receives the loss of every row of the block.</param>
    /// <param name="tolerance">A row is done when its preconditioned squared residual has shrunk to this share of the first one.</param>
    /// <param name="run">The threads that share the segments of a long row; <see langword="null"/> for the caller's alone.</param>
    public void Solve(
        SparseRows weights, int first, Span<float> vectors, ReadOnlySpan<float> regularization, int steps, double tolerance,
        Span<double> losses, TrainingRun? run = null)
    {
        var rows = regularization.Length;
        _kernel.Multiply(vectors, rows, _gram, _stride, _residual);
        Span<double> goal = stackalloc double[rows];
        for (var r = 0; r < rows; r++)
        {
            var w = vectors.Slice(r * _stride, _stride);
            var residual = Row(_residual, r);
            _kernel.NegateWithScaled(residual, regularization[r], w);
            var pull = _kernel.Dot(residual, w);
            losses[r] = -pull + AddResidual(weights, first + r, 1, w, residual, run);
            var direction = Row(_direction, r);
            _energy[r] = _kernel.Precondition(residual, _diagonal, regularization[r], direction);
            goal[r] = _energy[r] * tolerance;
        }

        for (var step = 0; step < steps; step++)
        {
            var active = false;
            _kernel.Multiply(_direction, rows, _gram, _stride, _product);
            for (var r = 0; r < rows; r++)
            {
                if (!(_energy[r] > goal[r]))
                    continue;
                losses[r] -= Step(weights, first + r, r, vectors.Slice(r * _stride, _stride), regularization[r], run);
                active |= _energy[r] > goal[r];
            }

            if (!active)
                break;
        }
    }

    /// <summary>One step of a row; returns what it takes off the loss.</summary>
    private double Step(SparseRows weights, int row, int r, Span<float> w, float regularization, TrainingRun? run)
    {
        var direction = Row(_direction, r);
        var residual = Row(_residual, r);
        var minusProduct = Row(_product, r);
        _kernel.NegateWithScaled(minusProduct, regularization, direction);
        _ = AddResidual(weights, row, 0, direction, minusProduct, run);
        var curvature = -(double)_kernel.Dot(direction, minusProduct);
        if (!(curvature > 0))
        {
            _energy[r] = 0;
            return 0;
        }

        var length = _energy[r] / curvature;
        var gain = length * _energy[r];
        _kernel.AddScaled(w, (float)length, direction);
        _kernel.AddScaled(residual, (float)length, minusProduct);
        var energy = (double)_kernel.Precondition(residual, _diagonal, regularization, _scaled);
        _kernel.ScaleAndAdd(direction, (float)(energy / _energy[r]), _scaled);
        _energy[r] = energy;
        return gain;
    }

    private double AddResidual(SparseRows weights, int row, float target, ReadOnlySpan<float> point, Span<float> residual, TrainingRun? run)
    {
        var entries = weights.ColumnsOf(row).Length;
        if (entries <= LongRow)
        {
            // The next row's entries follow in memory, and its turn is next.
            var (first, last) = (weights.Start[row], Math.Min(weights.Start[row + 1] + EntriesAhead, weights.Entries));
            return _kernel.AddResidual(_other.Values, _stride, weights.Column.AsSpan(first..last), weights.ValuesOf(row), target, point, residual);
        }

        var at = point.ToArray();
        var sums = new float[(entries + SegmentEntries - 1) / SegmentEntries * _stride];
        var losses = new double[sums.Length / _stride];
        // The segments and their order are the same on any number of threads.
        ParallelRows.For(entries, SegmentEntries, run ?? new TrainingRun { Threads = 1 }, (from, until) =>
        {
            var segment = from / SegmentEntries;
            losses[segment] = _kernel.AddResidual(
                _other.Values, _stride, weights.ColumnsOf(row)[from..until], weights.ValuesOf(row)[from..until], target, at,
                sums.AsSpan(segment * _stride, _stride));
        });
        var loss = 0d;
        for (var segment = 0; segment < losses.Length; segment++)
        {
            _kernel.AddScaled(residual, 1, sums.AsSpan(segment * _stride, _stride));
            loss += losses[segment];
        }

        return loss;
    }

    private Span<float> Row(float[] block, int r) => block.AsSpan(r * _stride, _stride);
}
