using FsCheck;
using FsCheck.Fluent;
using PostPurchase.Recommend.Evaluation;

namespace PostPurchase.Recommend.Tests.Evaluation;

public sealed class ProbabilityMetricsTests
{
    private static readonly double[] Predicted = [0.9, 0.1, 0.4, 0.4, 0.8];

    private static readonly bool[] Happened = [true, false, true, false, false];

    // Positives .9 and .4 against negatives .1, .4, .8: .9 wins 3, .4 wins 1 and ties 1.
    [Fact]
    public void Auc_counts_pairs_with_ties_half() => Assert.Equal(4.5 / 6, ProbabilityMetrics.Auc(Predicted, Happened), 15);

    [Fact]
    public void Brier_is_the_mean_squared_error() =>
        Assert.Equal((0.01 + 0.01 + 0.36 + 0.16 + 0.64) / 5, ProbabilityMetrics.Brier(Predicted, Happened), 15);

    [Fact]
    public void Log_loss_is_the_mean_surprise() => Assert.Equal(
        -(Math.Log(0.9) + Math.Log(0.9) + Math.Log(0.4) + Math.Log(0.6) + Math.Log(0.2)) / 5,
        ProbabilityMetrics.LogLoss(Predicted, Happened),
        14);

    [Fact]
    public void A_sure_prediction_that_fails_costs_much_but_not_infinity() =>
        Assert.InRange(ProbabilityMetrics.LogLoss([1.0], [false]), 30, 40);

    // Two happened: the best two are .9 (yes) and .8 (no).
    [Fact]
    public void Top_n_precision_looks_at_as_many_as_happened() =>
        Assert.Equal(1.0 / 2, ProbabilityMetrics.TopNPrecision(Predicted, Happened));

    // Three places: .9, .8, and one place for two tied at .4 of which one happened.
    [Fact]
    public void Predictions_tied_at_the_border_share_the_places_left() => Assert.Equal(
        (1 + 0 + 0.5) / 3, ProbabilityMetrics.TopNPrecision([0.9, 0.1, 0.4, 0.4, 0.8], [true, true, true, false, false]), 15);

    // Bins: .1 -> bin 1 (0 of 1), .4 .4 -> bin 4 (1 of 2), .8 -> bin 8 (0 of 1), .9 -> bin 9 (1 of 1).
    [Fact]
    public void Calibration_error_weights_ten_bins_by_count() =>
        Assert.Equal(((1 * 0.1) + (2 * 0.1) + (1 * 0.8) + (1 * 0.1)) / 5, ProbabilityMetrics.CalibrationError(Predicted, Happened), 15);

    [Fact]
    public void Calibration_bins_hold_every_prediction_once()
    {
        var bins = ProbabilityMetrics.Calibration([0.0, 0.05, 0.1, 0.95, 1.0], [false, true, true, true, true]);
        Assert.Equal([2, 1, 0, 0, 0, 0, 0, 0, 0, 2], bins.Select(bin => bin.Count));
        Assert.Equal(0.5, bins[0].Observed);
        Assert.Equal(0.975, bins[9].MeanPredicted, 15);
        Assert.Equal(0, bins[5].MeanPredicted);
    }

    [Fact]
    public void Auc_without_both_outcomes_is_a_half()
    {
        Assert.Equal(0.5, ProbabilityMetrics.Auc([0.1, 0.9], [true, true]));
        Assert.Equal(0, ProbabilityMetrics.TopNPrecision([0.1, 0.9], [false, false]));
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ProbabilityMetrics.Brier([0.1], [true, false]));
        Assert.Throws<ArgumentException>(() => ProbabilityMetrics.Brier([], []));
        Assert.Throws<ArgumentException>(() => ProbabilityMetrics.Auc([double.NaN], [true]));
        foreach (var none in (double[])[-0.1, 1.1, double.PositiveInfinity])
        {
            Assert.Contains("Prediction 1 is ", Assert.Throws<ArgumentException>(() => ProbabilityMetrics.Brier([0.5, none], [true, false])).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => ProbabilityMetrics.LogLoss([none], [true]));
            Assert.Throws<ArgumentException>(() => ProbabilityMetrics.CalibrationError([none], [true]));
        }

        // Any scores will do where only the order counts.
        Assert.Equal(1, ProbabilityMetrics.Auc([3, -2], [true, false]));
    }

    [Fact]
    public void Auc_equals_counting_all_pairs() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Score, bool Happened)[]>().Filter(rows => rows.Length > 0),
        rows =>
        {
            double won = 0, pairs = 0;
            foreach (var yes in rows.Where(row => row.Happened))
            {
                foreach (var no in rows.Where(row => !row.Happened))
                {
                    pairs++;
                    won += yes.Score > no.Score ? 1 : yes.Score == no.Score ? 0.5 : 0;
                }
            }

            var auc = ProbabilityMetrics.Auc(rows.Select(row => row.Score / 255.0).ToArray(), rows.Select(row => row.Happened).ToArray());
            return Math.Abs(auc - (pairs == 0 ? 0.5 : won / pairs)) < 1e-12;
        }).QuickCheckThrowOnFailure();

    // Every way to put the tied at the border in order is as likely: each takes the places left with the share of the tied that get one.
    [Fact]
    public void Top_n_precision_is_the_mean_over_the_orders_of_what_ties() => Prop.ForAll<ulong>(seed =>
    {
        var random = new SeededRandom(seed);
        (byte Score, bool Happened)[] rows = [.. Enumerable.Range(0, 1 + random.Next(30)).Select(_ => ((byte)random.Next(4), random.Next(3) == 0))];
        var places = rows.Count(row => row.Happened);
        var expected = 0.0;
        foreach (var row in rows.Where(row => row.Happened))
        {
            var (above, tied) = (rows.Count(other => other.Score > row.Score), rows.Count(other => other.Score == row.Score));
            expected += Math.Clamp((places - above) / (double)tied, 0, 1) / places;
        }

        Assert.Equal(expected, TopN(rows), 12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_the_input_is_irrelevant() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Score, bool Happened)[]>().Filter(rows => rows.Length > 0),
        rows =>
        {
            var reversed = rows.Reverse().ToArray();
            return Math.Abs(TopN(rows) - TopN(reversed)) < 1e-12;
        }).QuickCheckThrowOnFailure();

    private static double TopN((byte Score, bool Happened)[] rows) => ProbabilityMetrics.TopNPrecision(
        rows.Select(row => row.Score / 255.0).ToArray(), rows.Select(row => row.Happened).ToArray());
}
