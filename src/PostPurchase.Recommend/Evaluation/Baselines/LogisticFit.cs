using MathNet.Numerics.LinearAlgebra;

namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>Logistic regression by Newton's method (iteratively reweighted least squares), with a ridge that only keeps it solvable.</summary>
internal static class LogisticFit
{
    private const int MostSteps = 50;
    private const double Ridge = 1e-3;
    private const double Tolerance = 1e-9;

    /// <summary>One weight for each feature.</summary>
    public static double[] Fit(ReadOnlySpan<double> rows, int features, ReadOnlySpan<bool> happened)
    {
        var weights = new double[features];
        for (var step = 0; step < MostSteps; step++)
        {
            var gradient = Vector<double>.Build.Dense(features, j => -Ridge * weights[j]);
            var curvature = Matrix<double>.Build.DenseDiagonal(features, Ridge);
            for (var i = 0; i < happened.Length; i++)
            {
                var row = rows.Slice(i * features, features);
                var p = Probability(row, weights);
                for (var j = 0; j < features; j++)
                {
                    gradient[j] += ((happened[i] ? 1 : 0) - p) * row[j];
                    for (var k = 0; k < features; k++)
                        curvature[j, k] += p * (1 - p) * row[j] * row[k];
                }
            }

            var change = curvature.Solve(gradient);
            // Far from the optimum a full step can overshoot into certainty, where the curvature vanishes.
            var damping = Math.Min(1, 5 / Math.Max(1e-12, change.AbsoluteMaximum()));
            for (var j = 0; j < features; j++)
                weights[j] += damping * change[j];
            if (change.L2Norm() < Tolerance)
                break;
        }

        return weights;
    }

    public static double[] Predict(ReadOnlySpan<double> rows, int features, double[] weights)
    {
        var predicted = new double[rows.Length / features];
        for (var i = 0; i < predicted.Length; i++)
            predicted[i] = Probability(rows.Slice(i * features, features), weights);
        return predicted;
    }

    private static double Probability(ReadOnlySpan<double> row, double[] weights)
    {
        var sum = 0.0;
        for (var j = 0; j < row.Length; j++)
            sum += row[j] * weights[j];
        return 1 / (1 + Math.Exp(-sum));
    }
}
