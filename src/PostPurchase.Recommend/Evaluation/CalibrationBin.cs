namespace PostPurchase.Recommend.Evaluation;

/// <summary>Predictions of about the same probability, and how often they came true.</summary>
/// <param name="From">The least predicted probability of the bin.</param>
/// <param name="Until">The probability at which the next bin starts.</param>
/// <param name="Count">The number of predictions inside.</param>
/// <param name="MeanPredicted">Their mean predicted probability; zero when there are none.</param>
/// <param name="Observed">The share that came true; zero when there are none.</param>
public sealed record CalibrationBin(double From, double Until, int Count, double MeanPredicted, double Observed);
