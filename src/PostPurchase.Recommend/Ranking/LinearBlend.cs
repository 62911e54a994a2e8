using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using PostPurchase.Recommend.Boosting;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// A ridge logistic regression on <see cref="LinearInputs"/>: the part of the blend that under a hundred customers can
/// carry, and what the trees start from. Every weight is pulled to what it is for a ranking by <see cref="PurchaseMixture"/> alone, so that
/// a small store keeps that sound ranking and a large one forgets it.
/// </summary>
internal sealed class LinearBlend
{
    private const int Rounds = 20;
    private const double Converged = 1e-4;
    private const double LeastStep = 1e-3;
    private const int MostRows = 60_000;
    private const double WidestScore = 6;

    private readonly PurchaseMixture _mixture;
    private readonly double[] _mean;
    private readonly double[] _scale;
    private readonly double[] _weights;

    private LinearBlend(PurchaseMixture mixture, double[] mean, double[] scale, double[] weights)
    {
        _mixture = mixture;
        _mean = mean;
        _scale = scale;
        _weights = weights;
    }

    /// <summary>The log odds of the row.</summary>
    public double Score(ReadOnlySpan<float> row)
    {
        Span<double> x = stackalloc double[LinearInputs.Count];
        LinearInputs.Fill(row, _mixture, x);
        var score = _weights[^1];
        for (var j = 0; j < x.Length; j++)
            score += _weights[j] * Standard(x[j], j);
        return score;
    }

    /// <summary>Fits by iteratively reweighted least squares (le Cessie and van Houwelingen 1992).</summary>
    public static LinearBlend Fit(RankingSample sample, double priorRows, TrainingRun run)
    {
        var inputs = LinearInputs.Count;
        var step = Math.Max(1, (sample.Count + MostRows - 1) / MostRows);
        var rows = sample.Count == 0 ? 0 : ((sample.Count - 1) / step) + 1;
        var x = new double[rows][];
        var mixture = PurchaseMixture.Fit(sample);
        ParallelRows.For(rows, 1024, run, (from, until) =>
        {
            for (var i = from; i < until; i++)
                LinearInputs.Fill(sample.Row(i * step), mixture, (x[i] = new double[inputs + 1]).AsSpan(0, inputs));
        });
        var (mean, scale) = Moments(x, inputs);
        var blend = new LinearBlend(mixture, mean, scale, new double[inputs + 1]);
        foreach (var row in x)
        {
            for (var j = 0; j < inputs; j++)
                row[j] = blend.Standard(row[j], j);
            row[inputs] = 1;
        }

        if (rows == 0)
            return blend;
        // The logarithm of a rate is the log odds of what is rare, but for a constant.
        var prior = new double[inputs + 1];
        prior[LinearInputs.Mixture] = scale[LinearInputs.Mixture] > 0 ? 1 / scale[LinearInputs.Mixture] : 0;
        prior.CopyTo(blend._weights, 0);
        for (var round = 0; round < Rounds; round++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            if (blend.Improve(x, sample, step, prior, priorRows) < Converged)
                break;
        }

        return blend;
    }

    public void Write(SectionWriter writer)
    {
        _mixture.Write(writer);
        writer.WriteArray<double>(_mean);
        writer.WriteArray<double>(_scale);
        writer.WriteArray<double>(_weights);
    }

    public static LinearBlend Read(SectionReader reader) => new(
        PurchaseMixture.Read(reader),
        reader.ReadArray<double>(LinearInputs.Count), reader.ReadArray<double>(LinearInputs.Count), reader.ReadArray<double>(LinearInputs.Count + 1));

    // A value nobody has shown before must not carry an answer to certainty.
    private double Standard(double value, int input) => Math.Clamp((value - _mean[input]) * _scale[input], -WidestScore, WidestScore);

    private static (double[] Mean, double[] Scale) Moments(double[][] x, int inputs)
    {
        var (mean, scale) = (new double[inputs], new double[inputs]);
        for (var j = 0; j < inputs && x.Length > 0; j++)
        {
            double sum = 0, squares = 0;
            foreach (var row in x)
            {
                sum += row[j];
                squares += row[j] * row[j];
            }

            mean[j] = sum / x.Length;
            var deviation = Math.Sqrt(Math.Max(0, (squares / x.Length) - (mean[j] * mean[j])));
            scale[j] = deviation > 1e-4 ? 1 / deviation : 0;
        }

        return (mean, scale);
    }

    // Gives the largest change of a weight.
    private double Improve(double[][] rows, RankingSample sample, int step, double[] prior, double priorRows)
    {
        var size = _weights.Length;
        var (normal, gradient) = (new double[size * size], new double[size]);
        for (var i = 0; i < rows.Length; i++)
        {
            var x = rows[i];
            var score = 0.0;
            for (var j = 0; j < size; j++)
                score += _weights[j] * x[j];
            var p = LogisticLoss.Probability(score);
            var rowWeight = sample.ListWeight(i * step);
            var error = rowWeight * (sample.Label(i * step) - p);
            var weight = rowWeight * Math.Max(1e-6, p * (1 - p));
            for (var a = 0; a < size; a++)
            {
                gradient[a] += error * x[a];
                var target = normal.AsSpan(a * size, a + 1);
                TensorPrimitives.MultiplyAdd(x.AsSpan(0, a + 1), weight * x[a], target, target);
            }
        }

        for (var j = 0; j < size - 1; j++)
        {
            normal[(j * size) + j] += priorRows;
            gradient[j] -= priorRows * (_weights[j] - prior[j]);
        }

        normal[^1] += 1e-6;
        var change = Matrix<double>.Build.Dense(size, size, (a, b) => a >= b ? normal[(a * size) + b] : normal[(b * size) + a])
            .Cholesky().Solve(Vector<double>.Build.Dense(gradient));
        return Walk(rows, sample, step, prior, priorRows, change);
    }

    // Newton's step overshoots where few rows tell two things apart: it is halved until it leads down. Gives the largest change of a weight.
    private double Walk(double[][] rows, RankingSample sample, int step, double[] prior, double priorRows, Vector<double> change)
    {
        var before = (double[])_weights.Clone();
        var loss = Loss(rows, sample, step, prior, priorRows);
        for (var share = 1.0; share > LeastStep; share /= 2)
        {
            for (var j = 0; j < before.Length; j++)
                _weights[j] = before[j] + (share * change[j]);
            if (Loss(rows, sample, step, prior, priorRows) <= loss)
                return share * change.AbsoluteMaximum();
        }

        before.CopyTo(_weights, 0);
        return 0;
    }

    private double Loss(double[][] rows, RankingSample sample, int step, double[] prior, double priorRows)
    {
        var loss = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            var score = 0.0;
            for (var j = 0; j < _weights.Length; j++)
                score += _weights[j] * rows[i][j];
            loss += sample.ListWeight(i * step) * LogisticLoss.Of(score, sample.Label(i * step));
        }

        for (var j = 0; j + 1 < _weights.Length; j++)
            loss += priorRows * (_weights[j] - prior[j]) * (_weights[j] - prior[j]) / 2;
        return loss;
    }
}
