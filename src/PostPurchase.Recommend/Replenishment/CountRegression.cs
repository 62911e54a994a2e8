using MathNet.Numerics.LinearAlgebra;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// A log-linear regression of counts that vary more than by chance: quasi-likelihood (Wedderburn 1974) with a ridge. The variance of a mean m is taken
/// for m (1 + m)^1/2, between that of Poisson, under which the few with the largest counts rule, and that of a geometric distribution, m + m^2.
/// </summary>
internal static class CountRegression
{
    private const int Rounds = 30;
    private const double Converged = 1e-6;
    private const double LongestStep = 1;

    // As strong as so many events that agree with what was believed before.
    private const double PriorOfWeight = 10;
    private const double PriorOfLevel = 1;
    private const double PriorOfSum = 5;
    private const double MostLogExpected = 8;

    /// <summary>The weights of the inputs, and at the end the level: the logarithm of events a day with all inputs zero.</summary>
    /// <param name="rows">Standardised inputs and counts.</param>
    /// <param name="days">The days that every count is of.</param>
    /// <param name="prior">What weights and level are pulled to.</param>
    /// <param name="run">For cancellation.</param>
    public static double[] Fit(IReadOnlyList<CountedEvents> rows, double days, ReadOnlySpan<double> prior, TrainingRun run)
    {
        var weights = prior.ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            var step = Step(rows, days, weights, prior);
            var length = step.AbsoluteMaximum();
            var share = length > LongestStep ? LongestStep / length : 1;
            for (var a = 0; a < weights.Length; a++)
                weights[a] += share * step[a];
            if (length < Converged)
                break;
        }

        // With other weights than Poisson's what is expected does not add up to what happened: the level sees to it.
        var (happened, expected) = (PriorOfSum, PriorOfSum);
        foreach (var row in rows)
        {
            happened += row.Weight * row.Count;
            expected += row.Weight * Expected(row, days, weights);
        }

        weights[^1] += Math.Log(happened / expected);
        return weights;
    }

    // Fisher's scoring: the expected curvature.
    private static Vector<double> Step(IReadOnlyList<CountedEvents> rows, double days, double[] weights, ReadOnlySpan<double> prior)
    {
        var size = weights.Length;
        var (normal, gradient) = (new double[size, size], new double[size]);
        foreach (var row in rows)
        {
            var expected = Expected(row, days, weights);
            var weight = row.Weight / Math.Sqrt(1 + expected);
            for (var a = 0; a < size; a++)
            {
                gradient[a] += weight * (row.Count - expected) * Input(row, a);
                for (var b = 0; b < size; b++)
                    normal[a, b] += weight * expected * Input(row, a) * Input(row, b);
            }
        }

        for (var a = 0; a < size; a++)
        {
            var strength = a == size - 1 ? PriorOfLevel : PriorOfWeight;
            gradient[a] -= strength * (weights[a] - prior[a]);
            normal[a, a] += strength;
        }

        return Matrix<double>.Build.DenseOfArray(normal).Cholesky().Solve(Vector<double>.Build.Dense(gradient));
    }

    private static double Expected(in CountedEvents row, double days, double[] weights)
    {
        var log = Math.Log(days);
        for (var j = 0; j < weights.Length; j++)
            log += weights[j] * Input(row, j);
        return Math.Exp(Math.Min(log, MostLogExpected));
    }

    // The level stands behind the inputs.
    private static double Input(in CountedEvents row, int input) => input < row.Inputs.Length ? row.Inputs[input] : 1;
}
