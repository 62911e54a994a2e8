using MathNet.Numerics.LinearAlgebra;
using PostPurchase.Recommend.Boosting;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// The last step of the blend: log odds = score x slope + logarithm of the customer's basket size x exponent + intercept (after Platt
/// 1999), fitted at the customers' latest visits by a blend learned on those before, and on the candidates that make it onto a list.
/// The blend learns the order of lists, in which a purchase of a large basket counts for less; the basket size, which is the same
/// for the whole list, turns its scores into probabilities and leaves the order alone. Learning from older visits also shifts the
/// level where a store changes; this shifts it back. And no answer is surer than as many visits as it was learned from can make it.
/// </summary>
internal readonly record struct BlendCalibration(double Slope, double SizeExponent, double Intercept)
{
    // What nothing is known of is as likely as not.
    private const double Unknown = 0.5;

    private const int Rounds = 25;

    // As strong as so many answers that agree with the blend as it is.
    private const double PriorAnswers = 20;

    /// <summary>The visits that the blend was learned from.</summary>
    public double Visits { get; init; } = double.PositiveInfinity;

    /// <summary>What one visit more, of which nothing but the mean is known, says of a candidate.</summary>
    public double OneMore { get; init; } = Unknown;

    /// <summary>What follows from the weights alone that the blend was learned with.</summary>
    public static BlendCalibration None(double sizeExponent) => new(1, sizeExponent, 0);

    public double Probability(double score, double logBasketSize)
    {
        var learned = LogisticLoss.Probability((score * Slope) + (logBasketSize * SizeExponent) + Intercept);
        // The rule of succession (Laplace 1774) with one visit in place of two: after two visits out of two a third is not certain.
        return learned + ((OneMore - learned) / (Visits + 1));
    }

    /// <summary>The same, as sure as these visits allow.</summary>
    public BlendCalibration LearnedFrom(RankingSample sample)
    {
        var (visits, bought, candidates) = (0, 0.0, 0.0);
        for (var i = 0; i < sample.Count; i++)
        {
            visits += i == 0 || sample.Customer(i) != sample.Customer(i - 1) || sample.Day(i) != sample.Day(i - 1) ? 1 : 0;
            bought += sample.Weight(i) * sample.Label(i);
            candidates += sample.Weight(i);
        }

        return this with { Visits = visits, OneMore = visits == 0 ? Unknown : Math.Min(Unknown, bought / candidates) };
    }

    /// <summary>Fits by Newton's method; with few answers it stays near no change.</summary>
    public static BlendCalibration Fit(IReadOnlyList<BlendAnswer> answers, double sizeExponent)
    {
        var fit = None(sizeExponent);
        for (var round = 0; round < Rounds; round++)
        {
            double gs = -PriorAnswers * (fit.Slope - 1), gz = -PriorAnswers * (fit.SizeExponent - sizeExponent), gi = -PriorAnswers * fit.Intercept / 4;
            double ss = PriorAnswers, sz = 0, zz = PriorAnswers, si = 0, zi = 0, ii = PriorAnswers / 4;
            foreach (var (score, size, label, weight) in answers)
            {
                var p = fit.Probability(score, size);
                var (error, curvature) = (weight * (label - p), weight * p * (1 - p));
                gs += error * score;
                gz += error * size;
                gi += error;
                ss += curvature * score * score;
                sz += curvature * score * size;
                zz += curvature * size * size;
                si += curvature * score;
                zi += curvature * size;
                ii += curvature;
            }

            var step = Matrix<double>.Build.DenseOfArray(new[,] { { ss, sz, si }, { sz, zz, zi }, { si, zi, ii } })
                .Cholesky().Solve(Vector<double>.Build.DenseOfArray([gs, gz, gi]));
            fit = new BlendCalibration(fit.Slope + step[0], fit.SizeExponent + step[1], fit.Intercept + step[2]);
        }

        // A slope that is not positive would turn the list round: then there was nothing to calibrate on.
        return fit.Slope > 0.1 && double.IsFinite(fit.SizeExponent) && double.IsFinite(fit.Intercept) ? fit : None(sizeExponent);
    }

    public void Write(SectionWriter writer)
    {
        writer.Write(Slope);
        writer.Write(SizeExponent);
        writer.Write(Intercept);
        writer.Write(Visits);
        writer.Write(OneMore);
    }

    public static BlendCalibration Read(SectionReader reader)
    {
        var calibration = new BlendCalibration(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()) { Visits = reader.ReadDouble(), OneMore = reader.ReadDouble() };
        var sound = calibration.Slope > 0 && double.IsFinite(calibration.Slope) && double.IsFinite(calibration.SizeExponent) && double.IsFinite(calibration.Intercept)
            && calibration.Visits >= 0 && calibration.OneMore is >= 0 and <= Unknown;
        return sound ? calibration : throw reader.Damaged($"{calibration} is no calibration");
    }
}
