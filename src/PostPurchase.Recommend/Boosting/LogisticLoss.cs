namespace PostPurchase.Recommend.Boosting;

/// <summary>The logistic loss and its derivatives by the score (the log odds).</summary>
internal static class LogisticLoss
{
    public static double Probability(double score) => 1 / (1 + Math.Exp(-score));

    public static double LogOdds(double probability) => Math.Log(probability / (1 - probability));

    public static void Derivatives(
        ReadOnlySpan<double> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, Span<double> gradient, Span<double> hessian)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            var weight = weights.Length == 0 ? 1.0 : weights[i];
            var p = Probability(scores[i]);
            gradient[i] = weight * (p - labels[i]);
            hessian[i] = weight * p * (1 - p);
        }
    }

    /// <summary>The weighted mean loss.</summary>
    public static double Mean(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        var loss = 0.0;
        var total = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            var weight = weights.Length == 0 ? 1.0 : weights[i];
            // log(1 + e^s) without overflow.
            var softplus = Math.Max(scores[i], 0) + Math.Log(1 + Math.Exp(-Math.Abs(scores[i])));
            loss += weight * (softplus - (labels[i] * scores[i]));
            total += weight;
        }

        return total > 0 ? loss / total : 0;
    }
}
