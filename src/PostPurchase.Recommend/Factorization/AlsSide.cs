using System.Collections.Concurrent;
using PostPurchase.Recommend.Scoring.Kernels;

namespace PostPurchase.Recommend.Factorization;

/// <summary>The customers or the products of a training: their entries, their vectors and their regularisation.</summary>
/// <param name="Weights">The weight of every entry.</param>
/// <param name="Vectors">The vectors, improved in place.</param>
/// <param name="Regularization">The regularisation of every row.</param>
/// <param name="AbsenceWeights">What every row's equations have been divided by, or empty for one each.</param>
internal sealed record AlsSide(SparseRows Weights, FactorMatrix Vectors, float[] Regularization, float[] AbsenceWeights)
{
    // Few enough that the entries of a block of products stay in a core's own cache while its steps go over them again.
    private const int BlockRows = 16;

    // Every half sweep starts from the last one's vectors, so two steps do: a third costs more time than it takes off the loss.
    private const int Steps = 2;

    /// <summary>One half sweep: solves for this side while the other stands still, and returns the loss of this side.</summary>
    public double Improve(AlsSide other, double unobservedWeight, TrainingRun run)
    {
        var gram = GramMatrix.Of(other.Vectors, unobservedWeight, other.AbsenceWeights, run);
        var losses = new double[Vectors.Rows];
        Solve(other, gram, Steps, tolerance: 0, losses, run);
        var loss = 0d;
        for (var row = 0; row < losses.Length; row++)
            loss += losses[row] * (AbsenceWeights.Length > 0 ? AbsenceWeights[row] : 1);
        return loss;
    }

    /// <summary>Solves from scratch, just as a new customer is folded in, so that both get the same vector.</summary>
    public void FoldIn(AlsSide other, float[] gram, TrainingRun run)
    {
        Vectors.Values.AsSpan().Clear();
        Solve(other, gram, FactorModel.FoldInSteps, FactorModel.FoldInTolerance, new double[Vectors.Rows], run);
    }

    /// <summary>What the regularisation of this side costs.</summary>
    public double Penalty()
    {
        var penalty = 0d;
        for (var row = 0; row < Vectors.Rows; row++)
            penalty += (double)FloatKernels.Best.Dot(Vectors[row], Vectors[row]) * Regularization[row];

        return penalty;
    }

    private void Solve(AlsSide other, float[] gram, int steps, double tolerance, double[] losses, TrainingRun run)
    {
        // As many instances as threads meet here; which one a block gets does not matter.
        ConcurrentBag<NormalEquations> idle = [];
        ParallelRows.For(Vectors.Rows, BlockRows, run, (first, last) =>
        {
            if (!idle.TryTake(out var equations))
                equations = new NormalEquations(other.Vectors, gram, BlockRows);
            for (var from = first; from < last;)
            {
                var until = from;
                while (until < last && !IsLong(until))
                    until++;
                SolveRows(equations, from, until, run: null);
                from = until + 1;
            }

            idle.Add(equations);
        });
        for (var row = 0; row < Vectors.Rows; row++)
        {
            if (IsLong(row))
                SolveRows(new NormalEquations(other.Vectors, gram, 1), row, row + 1, run);
        }

        void SolveRows(NormalEquations equations, int first, int last, TrainingRun? run)
        {
            if (last > first)
            {
                equations.Solve(
                    Weights, first, Vectors.Block(first, last), Regularization.AsSpan(first..last), steps, tolerance, losses.AsSpan(first..last), run);
            }
        }
    }

    private bool IsLong(int row) => Weights.Start[row + 1] - Weights.Start[row] > NormalEquations.LongRow;
}
