using PostPurchase.Recommend.Boosting;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// The last step of the blend: log odds x slope + intercept (Platt 1999), fitted on customers the blend did not see, at
/// their latest visits, and on the candidates that make it onto a list. Learning from older visits too shifts the level
/// where a store changes; this shifts it back.
/// </summary>
internal readonly record struct BlendCalibration(double Slope, double Intercept)
{
    private const int Rounds = 25;

    // As strong as so many answers that agree with the blend as it is.
    private const double PriorAnswers = 20;

    public static BlendCalibration None { get; } = new(1, 0);

    public double Probability(double score) => LogisticLoss.Probability((score * Slope) + Intercept);

    /// <summary>Fits by Newton's method; with few answers it stays near no change.</summary>
    public static BlendCalibration Fit(IReadOnlyList<(double Score, float Label, float Weight)> answers)
    {
        var (slope, intercept) = (1.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            double gs = -PriorAnswers * (slope - 1), gi = -PriorAnswers * intercept / 4;
            double ss = PriorAnswers, si = 0, ii = PriorAnswers / 4;
            foreach (var (score, label, weight) in answers)
            {
                var p = LogisticLoss.Probability((score * slope) + intercept);
                var (error, curvature) = (weight * (label - p), weight * p * (1 - p));
                gs += error * score;
                gi += error;
                ss += curvature * score * score;
                si += curvature * score;
                ii += curvature;
            }

            var determinant = (ss * ii) - (si * si);
            slope += ((ii * gs) - (si * gi)) / determinant;
            intercept += ((ss * gi) - (si * gs)) / determinant;
        }

        // A slope that is not positive would turn the list round: then there was nothing to calibrate on.
        return slope > 0.1 && double.IsFinite(intercept) ? new BlendCalibration(slope, intercept) : None;
    }

    public void Write(SectionWriter writer)
    {
        writer.Write(Slope);
        writer.Write(Intercept);
    }

    public static BlendCalibration Read(SectionReader reader)
    {
        var calibration = new BlendCalibration(reader.ReadDouble(), reader.ReadDouble());
        return calibration.Slope > 0 && double.IsFinite(calibration.Slope) && double.IsFinite(calibration.Intercept)
            ? calibration
            : throw reader.Damaged($"a calibration of slope {calibration.Slope} and intercept {calibration.Intercept} is none");
    }
}
