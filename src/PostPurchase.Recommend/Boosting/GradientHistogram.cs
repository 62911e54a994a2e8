using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PostPurchase.Recommend.Boosting;

/// <summary>The sums of the derivatives in every bin of every feature, over the rows of one leaf.</summary>
internal sealed class GradientHistogram(int features)
{
    public const int BinsPerFeature = 256;

    // Below this many updates a second thread costs more than it saves.
    private const int UpdatesPerTask = 1 << 16;
    private readonly Vector128<long>[] _sums = new Vector128<long>[features * BinsPerFeature];

    public ReadOnlySpan<Vector128<long>> Feature(int feature) => _sums.AsSpan(feature * BinsPerFeature, BinsPerFeature);

    public void Build(BinnedTable table, RowGradients gradients, ReadOnlyMemory<int> rows, int[] usedFeatures, TrainingRun run)
    {
        var tasks = Math.Min(run.Threads, (int)Math.Min(usedFeatures.Length, (long)rows.Length * usedFeatures.Length / UpdatesPerTask));
        var block = tasks <= 1 ? usedFeatures.Length : (usedFeatures.Length + tasks - 1) / tasks;
        ParallelRows.For(usedFeatures.Length, block, run, (from, until) =>
            BuildFeatures(table, gradients.Rows, rows.Span, usedFeatures.AsSpan(from, until - from)));
    }

    /// <summary>Turns a parent's histogram into that of one child, given the other child's.</summary>
    public void Subtract(GradientHistogram other, int[] usedFeatures)
    {
        foreach (var feature in usedFeatures)
        {
            var start = feature * BinsPerFeature;
            for (var i = start; i < start + BinsPerFeature; i++)
                _sums[i] -= other._sums[i];
        }
    }

    // References instead of indexing: this loop is nearly all of the training time. Bins are bytes and every feature has
    // room for 256 of them, so no index can leave the array.
    private void BuildFeatures(BinnedTable table, ReadOnlySpan<Vector128<long>> gradients, ReadOnlySpan<int> rows, ReadOnlySpan<int> used)
    {
        foreach (var feature in used)
            _sums.AsSpan(feature * BinsPerFeature, BinsPerFeature).Clear();
        var width = table.Features;
        ref var sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        ref var values = ref MemoryMarshal.GetArrayDataReference(table.Values);
        foreach (var row in rows)
        {
            var gradient = gradients[row];
            ref var bins = ref Unsafe.Add(ref values, (nint)row * width);
            foreach (var feature in used)
            {
                var bin = (feature * BinsPerFeature) + Unsafe.Add(ref bins, feature);
                Unsafe.Add(ref sums, bin) += gradient;
            }
        }
    }
}
