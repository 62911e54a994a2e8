using MathNet.Numerics.LinearAlgebra;
using PostPurchase.Recommend.Boosting;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// The last step of the blend: log odds = score x slope + logarithm of the customer's basket size x exponent + intercept (after Platt
/// 1999), fitted at the customers' latest visits by a blend learned on those before, and on the candidates that make it onto a list.
/// The blend learns the order of lists, in which a purchase of a large basket counts for less; the basket size, which is the same
/// for the whole list, turns its scores into probabilities and leaves the order alone. Learning from older visits also shifts the
/// level where a store changes; this shifts it back.
/// </summary>
internal readonly record struct BlendCalibration(double Slope, double SizeExponent, double Intercept)
{
    private const int Rounds = 25;

    // As strong as so many answers that agree with the blend as it is.
    private const double PriorAnswers = 20;

    /// <summary>What follows from the weights alone that the blend was learned with.</summary>
    public static BlendCalibration None(double sizeExponent) => new(1, sizeExponent, 0);

    public double Probability(double score, double logBasketSize) =>
        LogisticLoss.Probability((score * Slope) + (logBasketSize * SizeExponent) + Intercept);

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
    }

    public static BlendCalibration Read(SectionReader reader)
    {
        var calibration = new BlendCalibration(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        return calibration.Slope > 0 && double.IsFinite(calibration.Slope) && double.IsFinite(calibration.SizeExponent) && double.IsFinite(calibration.Intercept)
            ? calibration
            : throw reader.Damaged($"a calibration of slope {calibration.Slope}, exponent {calibration.SizeExponent} and intercept {calibration.Intercept} is none");
    }
}
