using System.Runtime.Intrinsics;

namespace PostPurchase.Recommend.Boosting;

/// <summary>
/// Finds the cut with the largest gain G_L^2/(H_L+l) + G_R^2/(H_R+l) - G^2/(H+l) (Chen and Guestrin, "XGBoost", KDD 2016,
/// eq. 7), missing values tried on either side (their algorithm 3). Ties go to the lower feature, then the lower bin.
/// </summary>
internal sealed class SplitSearch(BinnedTable table, BoostedTreesOptions options, RowGradients gradients)
{
    private const double LeastGain = 1e-9;

    public Split Best(GradientHistogram histogram, Vector128<long> total, int[] usedFeatures)
    {
        var best = Split.None;
        if (gradients.Count(total) < 2 * options.MinLeafRows)
            return best;
        foreach (var feature in usedFeatures)
            Search(feature, histogram.Feature(feature), total, ref best);
        return best;
    }

    public double LeafValue(Vector128<long> sum)
    {
        var hessian = gradients.Hessian(sum) + options.L2Regularization;
        return hessian > 0 ? -gradients.Gradient(sum) / hessian : 0;
    }

    private void Search(int feature, ReadOnlySpan<Vector128<long>> bins, Vector128<long> total, ref Split best)
    {
        var count = table.Bins[feature].Count;
        var missing = bins[count];
        var parent = Quality(total);
        var hasMissing = gradients.Count(missing) > 0;
        var left = Vector128<long>.Zero;
        // After the last bin only the missing values are left for the other side.
        var cuts = hasMissing ? count : count - 1;
        for (var bin = 0; bin < cuts; bin++)
        {
            if (bins[bin] == Vector128<long>.Zero && bin < count - 1)
                continue;
            left += bins[bin];
            Consider(feature, bin, missingLeft: false, left, total, parent, ref best);
            if (hasMissing && bin < count - 1)
                Consider(feature, bin, missingLeft: true, left + missing, total, parent, ref best);
        }
    }

    private void Consider(
        int feature, int bin, bool missingLeft, Vector128<long> left, Vector128<long> total, double parent, ref Split best)
    {
        var right = total - left;
        if (gradients.Count(left) < options.MinLeafRows || gradients.Count(right) < options.MinLeafRows
            || gradients.Hessian(left) < options.MinLeafHessian || gradients.Hessian(right) < options.MinLeafHessian)
            return;
        var gain = Quality(left) + Quality(right) - parent;
        if (gain > best.Gain && gain > LeastGain)
            best = new Split(gain, feature, bin, missingLeft, left);
    }

    private double Quality(Vector128<long> sum)
    {
        var gradient = gradients.Gradient(sum);
        var hessian = gradients.Hessian(sum) + options.L2Regularization;
        return hessian > 0 ? gradient * gradient / hessian : 0;
    }
}
