using System.Buffers;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Boosting;

/// <summary>Trained trees: features in, log odds out. Immutable and safe to use from any number of threads.</summary>
internal sealed class BoostedTreesModel
{
    private readonly double _baseScore;
    private readonly int[] _roots;
    private readonly TreeNode[] _nodes;
    private readonly float[] _leaves;

    /// <summary>Takes ownership of trees whose indices the caller has checked.</summary>
    internal BoostedTreesModel(int features, double baseScore, int[] roots, TreeNode[] nodes, float[] leaves)
    {
        Features = features;
        _baseScore = baseScore;
        _roots = roots;
        _nodes = nodes;
        _leaves = leaves;
        Masks = LeafMasks.Of(baseScore, roots, nodes, leaves);
    }

    /// <summary>The number of features a row must have.</summary>
    public int Features { get; }

    public int Trees => _roots.Length;

    /// <summary>The same trees laid out for many rows at once; <see langword="null"/> when one has too many leaves for it.</summary>
    public LeafMasks? Masks { get; }

    public double Probability(ReadOnlySpan<float> row) => LogisticLoss.Probability(Score(row));

    /// <summary>The log odds of one row.</summary>
    public double Score(ReadOnlySpan<float> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, Features);
        var score = _baseScore;
        foreach (var root in _roots)
        {
            var at = root;
            while (at >= 0)
                at = Next(_nodes[at], row);
            score += _leaves[~at];
        }

        return score;
    }

    /// <summary>The log odds of many rows, stored one after the other; the same as one by one.</summary>
    public void Score(ReadOnlySpan<float> rows, Span<double> scores)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((long)rows.Length, (long)scores.Length * Features);
        if (Masks is null || scores.Length == 1)
        {
            for (var i = 0; i < scores.Length; i++)
                scores[i] = Score(rows.Slice(i * Features, Features));
            return;
        }

        var columns = ArrayPool<float>.Shared.Rent(Features * LeafMasks.RowsAtOnce);
        for (var from = 0; from < scores.Length; from += LeafMasks.RowsAtOnce)
        {
            var block = scores.Slice(from, Math.Min(LeafMasks.RowsAtOnce, scores.Length - from));
            for (var i = 0; i < block.Length; i++)
            {
                var row = rows.Slice((from + i) * Features, Features);
                for (var f = 0; f < row.Length; f++)
                    columns[(f * LeafMasks.RowsAtOnce) + i] = row[f];
            }

            Masks.Score(columns, LeafMasks.RowsAtOnce, block);
        }

        ArrayPool<float>.Shared.Return(columns);
    }

    /// <summary>These trees and, after them, those that were grown on what these leave over: the scores add up.</summary>
    public BoostedTreesModel Then(BoostedTreesModel next)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(next.Features, Features);
        TreeNode[] nodes = [.. _nodes, .. next._nodes.Select(node => node with { Left = Moved(node.Left), Right = Moved(node.Right) })];
        return new BoostedTreesModel(Features, _baseScore + next._baseScore, [.. _roots, .. next._roots.Select(Moved)], nodes, [.. _leaves, .. next._leaves]);

        int Moved(int child) => child >= 0 ? child + _nodes.Length : ~(~child + _leaves.Length);
    }

    internal static int Next(in TreeNode node, ReadOnlySpan<float> row) => node.Feature >= 0
        ? (row[node.Feature] <= node.Threshold ? node.Left : node.Right)
        : (row[~node.Feature] > node.Threshold ? node.Right : node.Left);

    internal static int Next(in TreeNode node, FeatureTable table, int row) => node.Feature >= 0
        ? (table.Column(node.Feature)[row] <= node.Threshold ? node.Left : node.Right)
        : (table.Column(~node.Feature)[row] > node.Threshold ? node.Right : node.Left);

    internal void Write(SectionWriter writer)
    {
        writer.Write(Features);
        writer.Write(_baseScore);
        writer.WriteArray<int>(_roots);
        writer.WriteArray<TreeNode>(_nodes);
        writer.WriteArray<float>(_leaves);
    }

    internal static BoostedTreesModel Read(SectionReader reader)
    {
        var features = reader.ReadInt32();
        var baseScore = reader.ReadDouble();
        var roots = reader.ReadArray<int>();
        var nodes = reader.ReadArray<TreeNode>();
        var leaves = reader.ReadArray<float>();
        if (features <= 0 || !double.IsFinite(baseScore))
            throw reader.Damaged($"trees over {features} features cannot start from {baseScore}");
        foreach (var root in roots)
            Check(root, -1);
        for (var i = 0; i < nodes.Length; i++)
        {
            var feature = nodes[i].Feature >= 0 ? nodes[i].Feature : ~nodes[i].Feature;
            if (feature >= features || float.IsNaN(nodes[i].Threshold))
                throw reader.Damaged($"node {i} asks for feature {feature} of {features}");
            Check(nodes[i].Left, i);
            Check(nodes[i].Right, i);
        }

        foreach (var leaf in leaves)
        {
            if (!float.IsFinite(leaf))
                throw reader.Damaged("a leaf has no finite value");
        }

        return new BoostedTreesModel(features, baseScore, roots, nodes, leaves);

        // Children come after their parents, so every walk ends.
        void Check(int child, int parent)
        {
            if (child >= 0 ? child <= parent || child >= nodes.Length : ~child >= leaves.Length)
                throw reader.Damaged($"node {parent} has no child {child}");
        }
    }
}
