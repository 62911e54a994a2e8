namespace PostPurchase.Recommend.Boosting;

/// <summary>The logistic loss and its derivatives by the score (the log odds).</summary>
internal static class LogisticLoss
{
    private const int BlockRows = 4096;

    public static double Probability(double score) => 1 / (1 + Math.Exp(-score));

    public static double LogOdds(double probability) => Math.Log(probability / (1 - probability));

    /// <summary>The loss of one answer: log(1 + e^s) without overflow, less the score where the outcome is yes.</summary>
    public static double Of(double score, double label) => Math.Max(score, 0) + Math.Log(1 + Math.Exp(-Math.Abs(score))) - (label * score);

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
    public static double Mean(double[] scores, float[] labels, float[] weights, TrainingRun run)
    {
        var blocks = new (double Loss, double Weight)[(scores.Length + BlockRows - 1) / BlockRows];
        ParallelRows.For(scores.Length, BlockRows, run, (from, until) =>
        {
            var (loss, total) = (0.0, 0.0);
            for (var i = from; i < until; i++)
            {
                var weight = weights.Length == 0 ? 1.0 : weights[i];
                loss += weight * Of(scores[i], labels[i]);
                total += weight;
            }

            blocks[from / BlockRows] = (loss, total);
        });
        var sum = blocks.Sum(block => block.Weight);
        return sum > 0 ? blocks.Sum(block => block.Loss) / sum : 0;
    }
}
