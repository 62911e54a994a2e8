using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// One logistic regression a segment: the log odds of its hazard are those of the gap curve plus a weighted sum of
/// standardised features. With nothing to learn from, all weights are zero and the gap curve stands.
/// </summary>
internal sealed class HazardRegression
{
    private const int Rounds = 8;
    private const double Converged = 1e-3;

    // Standardised features are cut here: a value nobody has shown before must not carry an answer to certainty.
    private const double WidestScore = 5;
    private readonly float[] _mean;
    private readonly float[] _scale;
    private readonly float[][] _weights;

    private HazardRegression(float[] mean, float[] scale, float[][] weights)
    {
        _mean = mean;
        _scale = scale;
        _weights = weights;
    }

    /// <summary>Fits by iteratively reweighted least squares with a ridge (le Cessie and van Houwelingen 1992).</summary>
    public static HazardRegression Fit(HazardSample sample, ReplenishmentOptions options, TrainingRun run)
    {
        var (mean, scale) = Standardise(sample);
        var weights = new float[HazardSegments.Count][];
        var empty = new HazardRegression(mean, scale, weights);
        ParallelRows.For(HazardSegments.Count, 1, run, (from, until) =>
        {
            for (var segment = from; segment < until; segment++)
                weights[segment] = empty.FitSegment(sample, segment, options, run);
        });
        // What no row informs about goes on as the segment before it: where customers fell silent this month they stay so.
        for (var segment = 1; segment < weights.Length; segment++)
        {
            if (!Enumerable.Range(0, sample.Rows).Any(row => sample.Informs(row, segment)))
                weights[segment] = weights[segment - 1];
        }

        return empty;
    }

    /// <summary>Adds the log odds of every segment, one row of segments after the other.</summary>
    public void AddLogOdds(ReadOnlySpan<float> rows, Span<double> logOdds)
    {
        Span<float> scores = stackalloc float[PairFeatures.Count];
        for (var i = 0; i * HazardSegments.Count < logOdds.Length; i++)
        {
            var row = rows.Slice(i * PairFeatures.Count, PairFeatures.Count);
            for (var j = 0; j < scores.Length; j++)
                scores[j] = Score(row[j], j);
            for (var k = 0; k < HazardSegments.Count; k++)
                logOdds[(i * HazardSegments.Count) + k] += LogOdds(row, scores, k);
        }
    }

    /// <summary>The log odds of a purchase in the segment, given none before it.</summary>
    public double LogOdds(ReadOnlySpan<float> row, int segment)
    {
        Span<float> scores = stackalloc float[PairFeatures.Count];
        for (var j = 0; j < scores.Length; j++)
            scores[j] = Score(row[j], j);
        return LogOdds(row, scores, segment);
    }

    private double LogOdds(ReadOnlySpan<float> row, ReadOnlySpan<float> scores, int segment)
    {
        var weights = _weights[segment];
        double sum = row[PairFeatures.CoreStart + segment] + weights[^1];
        for (var j = 0; j < scores.Length; j++)
            sum += weights[j] * scores[j];
        return sum;
    }

    public void Write(SectionWriter writer)
    {
        writer.WriteArray<float>(_mean);
        writer.WriteArray<float>(_scale);
        foreach (var weights in _weights)
            writer.WriteArray<float>(weights);
    }

    public static HazardRegression Read(SectionReader reader)
    {
        var mean = reader.ReadFiniteFloats(PairFeatures.Count);
        var scale = reader.ReadFiniteFloats(PairFeatures.Count);
        var weights = new float[HazardSegments.Count][];
        for (var k = 0; k < weights.Length; k++)
            weights[k] = reader.ReadFiniteFloats(PairFeatures.Count + 1);
        return new HazardRegression(mean, scale, weights);
    }

    private float Score(float value, int feature) =>
        (float)Math.Clamp((value - _mean[feature]) * _scale[feature], -WidestScore, WidestScore);

    private static (float[] Mean, float[] Scale) Standardise(HazardSample sample)
    {
        var (sum, squares) = (new double[PairFeatures.Count], new double[PairFeatures.Count]);
        for (var i = 0; i < sample.Rows; i++)
        {
            var row = sample.Row(i);
            for (var j = 0; j < sum.Length; j++)
            {
                sum[j] += row[j];
                squares[j] += (double)row[j] * row[j];
            }
        }

        var (mean, scale) = (new float[sum.Length], new float[sum.Length]);
        for (var j = 0; j < sum.Length && sample.Rows > 0; j++)
        {
            mean[j] = (float)(sum[j] / sample.Rows);
            var deviation = Math.Sqrt(Math.Max(0, (squares[j] / sample.Rows) - (mean[j] * (double)mean[j])));
            scale[j] = deviation > 1e-4 ? (float)(1 / deviation) : 0;
        }

        return (mean, scale);
    }

    private float[] FitSegment(HazardSample sample, int segment, ReplenishmentOptions options, TrainingRun run)
    {
        List<int> rows = [];
        for (var i = 0; i < sample.Rows; i++)
        {
            if (sample.Informs(i, segment))
                rows.Add(i);
        }

        var size = sample.UsedFeatures + 1;
        // As many as allowed, evenly among all.
        var used = Math.Min(rows.Count, options.MostRegressionRows);
        var (weights, x) = (new double[size], new double[size]);
        for (var round = 0; round < Rounds && rows.Count > 0; round++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            var (normal, gradient) = (new double[size * size], new double[size]);
            for (var i = 0; i < used; i++)
                Add(sample, rows[(int)((long)i * rows.Count / used)], segment, weights, x, normal, gradient);
            for (var j = 0; j < size; j++)
            {
                // The level is learned from little, the slopes from more.
                var ridge = j == size - 1 ? 0.2 * options.RegressionPriorRows : options.RegressionPriorRows;
                normal[(j * size) + j] += ridge;
                gradient[j] -= ridge * weights[j];
            }

            var step1 = Matrix<double>.Build.Dense(size, size, (a, b) => a >= b ? normal[(a * size) + b] : normal[(b * size) + a])
                .Cholesky().Solve(Vector<double>.Build.Dense(gradient));
            for (var j = 0; j < size; j++)
                weights[j] += Math.Clamp(step1[j], -1, 1);
            if (step1.AbsoluteMaximum() < Converged)
                break;
        }

        return [.. weights.Take(sample.UsedFeatures).Select(w => (float)w), .. new float[PairFeatures.Count - sample.UsedFeatures], (float)weights[^1]];
    }

    private void Add(HazardSample sample, int index, int segment, double[] weights, double[] x, double[] normal, double[] gradient)
    {
        var row = sample.Row(index);
        var size = x.Length;
        double score = row[PairFeatures.CoreStart + segment];
        for (var j = 0; j < size; j++)
        {
            x[j] = j == size - 1 ? 1 : Score(row[j], j);
            score += weights[j] * x[j];
        }

        var p = 1 / (1 + Math.Exp(-score));
        var error = (sample.BoughtIn(index, segment) ? 1 : 0) - p;
        var weight = Math.Max(1e-6, p * (1 - p));
        for (var a = 0; a < size; a++)
        {
            gradient[a] += error * x[a];
            var target = normal.AsSpan(a * size, a + 1);
            // Element by element, so that the width of a vector changes no bit.
            TensorPrimitives.MultiplyAdd(x.AsSpan(0, a + 1), weight * x[a], target, target);
        }
    }
}
