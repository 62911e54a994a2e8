using System.Globalization;

namespace PostPurchase.Recommend.Evaluation;

/// <summary>How good predicted probabilities of yes-or-no events are. Safe to call from any thread.</summary>
/// <remarks>
/// Every method takes the predictions and what happened, in the same order, at least one of them, and refuses others with an
/// <see cref="ArgumentException"/>; those that take probabilities want them from 0 to 1.
/// </remarks>
public static class ProbabilityMetrics
{
    /// <summary>The number of equal-width bins that calibration is measured in.</summary>
    public const int CalibrationBins = 10;

    // A sure prediction that fails would cost infinity and drown every other one.
    private const double LeastProbability = 1e-15;

    /// <summary>
    /// The probability that an event that happened was given a higher prediction than one that did not, ties counting half
    /// (the area under the ROC curve); 0.5 when all events, or none, happened.
    /// </summary>
    /// <param name="predicted">Predictions, or any scores that rise with the probability.</param>
    /// <param name="happened">What happened.</param>
    public static double Auc(ReadOnlySpan<double> predicted, ReadOnlySpan<bool> happened)
    {
        Check(predicted, happened);
        var order = DescendingOrder(predicted);
        double pairsWon = 0, positives = 0, negatives = 0;
        for (var start = 0; start < order.Length;)
        {
            double tiedPositives = 0, tiedNegatives = 0;
            var end = start;
            for (; end < order.Length && predicted[order[end]] == predicted[order[start]]; end++)
            {
                if (happened[order[end]])
                    tiedPositives++;
                else
                    tiedNegatives++;
            }

            pairsWon += (positives + (tiedPositives / 2)) * tiedNegatives;
            positives += tiedPositives;
            negatives += tiedNegatives;
            start = end;
        }

        return positives == 0 || negatives == 0 ? 0.5 : pairsWon / (positives * negatives);
    }

    /// <summary>The mean squared difference between prediction and event (Brier 1950); 0 is perfect.</summary>
    /// <param name="predicted">Predicted probabilities.</param>
    /// <param name="happened">What happened.</param>
    public static double Brier(ReadOnlySpan<double> predicted, ReadOnlySpan<bool> happened)
    {
        CheckProbabilities(predicted, happened);
        var sum = 0.0;
        for (var i = 0; i < predicted.Length; i++)
        {
            var error = predicted[i] - (happened[i] ? 1 : 0);
            sum += error * error;
        }

        return sum / predicted.Length;
    }

    /// <summary>The mean negative logarithm of the probability given to what happened, in nats; 0 is perfect.</summary>
    /// <param name="predicted">Predicted probabilities; kept at least 1e-15 away from 0 and 1.</param>
    /// <param name="happened">What happened.</param>
    public static double LogLoss(ReadOnlySpan<double> predicted, ReadOnlySpan<bool> happened)
    {
        CheckProbabilities(predicted, happened);
        var sum = 0.0;
        for (var i = 0; i < predicted.Length; i++)
        {
            var p = Math.Clamp(predicted[i], LeastProbability, 1 - LeastProbability);
            sum -= happened[i] ? Math.Log(p) : Math.Log(1 - p);
        }

        return sum / predicted.Length;
    }

    /// <summary>
    /// The share that happened among the N highest predictions, N being the number of events that happened. Predictions that tie
    /// at the border share the places that are left, so the order of the input is irrelevant. 0 when nothing happened.
    /// </summary>
    /// <param name="predicted">Predictions, or any scores that rise with the probability.</param>
    /// <param name="happened">What happened.</param>
    public static double TopNPrecision(ReadOnlySpan<double> predicted, ReadOnlySpan<bool> happened)
    {
        Check(predicted, happened);
        var places = happened.Count(true);
        if (places == 0)
            return 0;
        var order = DescendingOrder(predicted);
        var border = predicted[order[places - 1]];
        double above = 0, hitsAbove = 0, tied = 0, hitsTied = 0;
        for (var i = 0; i < predicted.Length; i++)
        {
            if (predicted[i] > border)
            {
                above++;
                hitsAbove += happened[i] ? 1 : 0;
            }
            else if (predicted[i] == border)
            {
                tied++;
                hitsTied += happened[i] ? 1 : 0;
            }
        }

        return (hitsAbove + (hitsTied * (places - above) / tied)) / places;
    }

    /// <summary>
    /// The expected calibration error: the mean absolute difference between the mean prediction and the share that happened in
    /// <see cref="CalibrationBins"/> equal-width bins, weighted by count; 0 is perfect.
    /// </summary>
    /// <param name="predicted">Predicted probabilities.</param>
    /// <param name="happened">What happened.</param>
    public static double CalibrationError(ReadOnlySpan<double> predicted, ReadOnlySpan<bool> happened)
    {
        var error = 0.0;
        foreach (var bin in Calibration(predicted, happened))
            error += bin.Count * Math.Abs(bin.MeanPredicted - bin.Observed);
        return error / predicted.Length;
    }

    /// <summary>What was predicted and what happened, in <see cref="CalibrationBins"/> bins of equal width.</summary>
    /// <param name="predicted">Predicted probabilities; 1 belongs to the last bin.</param>
    /// <param name="happened">What happened.</param>
    public static IReadOnlyList<CalibrationBin> Calibration(ReadOnlySpan<double> predicted, ReadOnlySpan<bool> happened)
    {
        CheckProbabilities(predicted, happened);
        var count = new int[CalibrationBins];
        var sum = new double[CalibrationBins];
        var hits = new int[CalibrationBins];
        for (var i = 0; i < predicted.Length; i++)
        {
            var bin = Math.Clamp((int)(predicted[i] * CalibrationBins), 0, CalibrationBins - 1);
            count[bin]++;
            sum[bin] += predicted[i];
            hits[bin] += happened[i] ? 1 : 0;
        }

        var bins = new CalibrationBin[CalibrationBins];
        for (var bin = 0; bin < bins.Length; bin++)
        {
            var held = Math.Max(1, count[bin]);
            bins[bin] = new CalibrationBin(
                (double)bin / CalibrationBins, (bin + 1.0) / CalibrationBins, count[bin], sum[bin] / held, (double)hits[bin] / held);
        }

        return bins;
    }

    private static int[] DescendingOrder(ReadOnlySpan<double> predicted)
    {
        var order = new int[predicted.Length];
        var keys = new double[predicted.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            keys[i] = -predicted[i];
        }

        Array.Sort(keys, order);
        return order;
    }

    private static void CheckProbabilities(ReadOnlySpan<double> predicted, ReadOnlySpan<bool> happened)
    {
        Check(predicted, happened);
        if (predicted.IndexOfAnyExceptInRange(0.0, 1.0) is >= 0 and var i)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Prediction {i} is {predicted[i]}, and no probability."), nameof(predicted));
    }

    private static void Check(ReadOnlySpan<double> predicted, ReadOnlySpan<bool> happened)
    {
        if (predicted.Length != happened.Length || predicted.Length == 0)
            throw new ArgumentException($"{predicted.Length} predictions cannot be compared with {happened.Length} events.", nameof(predicted));
        foreach (var p in predicted)
        {
            if (double.IsNaN(p))
                throw new ArgumentException("A prediction is not a number.", nameof(predicted));
        }
    }
}
