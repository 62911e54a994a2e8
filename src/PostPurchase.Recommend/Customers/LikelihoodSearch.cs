using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace PostPurchase.Recommend.Customers;

/// <summary>Searches positive parameters by their logarithms for the greatest likelihood (Nelder and Mead 1965).</summary>
internal static class LikelihoodSearch
{
    private const int MostSteps = 2_000;

    // Far below what the likelihood of a shop resolves, just above the noise of summing it.
    private const double Tolerance = 1e-12;

    // Inside what doubles and gamma functions bear.
    private const double WidestLogParameter = 12;

    public static double[] Maximise(Func<double[], double> logLikelihood, double[] start, CancellationToken cancellation)
    {
        var best = start;
        var bestValue = logLikelihood(start);
        var objective = ObjectiveFunction.Value(point =>
        {
            cancellation.ThrowIfCancellationRequested();
            var parameters = Parameters(point);
            var value = logLikelihood(parameters);
            if (value > bestValue)
                (best, bestValue) = (parameters, value);
            return -value;
        });
        // A second simplex around the first one's answer: the usual guard against one that collapsed on the way.
        foreach (var size in (ReadOnlySpan<double>)[1, 0.1])
        {
            try
            {
                NelderMeadSimplex.Minimum(
                    objective, Vector<double>.Build.Dense(start.Length, i => Math.Log(best[i])), Vector<double>.Build.Dense(start.Length, size), Tolerance, MostSteps);
            }
            catch (MaximumIterationsException)
            {
                // On a flat top the simplex never closes; the best point seen is as good as any.
            }
        }

        return best;
    }

    private static double[] Parameters(Vector<double> logarithms) =>
        [.. logarithms.Select(value => Math.Exp(Math.Clamp(value, -WidestLogParameter, WidestLogParameter)))];
}
