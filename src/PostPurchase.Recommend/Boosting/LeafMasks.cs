using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PostPurchase.Recommend.Boosting;

/// <summary>
/// Trees laid out for many rows at once: every inner node that a row fails strikes out the leaves to its left, and the first
/// leaf left over is the row's (QuickScorer: Lucchese et al., SIGIR 2015; several rows at a time: V-QuickScorer, SIGIR 2016).
/// No step depends on the one before, which a walk down the tree cannot say. The same scores as the walk, bit for bit.
/// </summary>
internal sealed class LeafMasks
{
    /// <summary>Rows scored together: columns are padded to a multiple of it.</summary>
    public const int RowsAtOnce = 32;

    private const int MostLeaves = 32;
    private readonly double _baseScore;
    private readonly Node[] _nodes;
    private readonly float[] _leaves;
    private readonly (int Nodes, int Leaves)[] _ends;

    private LeafMasks(double baseScore, Node[] nodes, float[] leaves, (int Nodes, int Leaves)[] ends)
    {
        _baseScore = baseScore;
        _nodes = nodes;
        _leaves = leaves;
        _ends = ends;
    }

    /// <summary>The layout of the trees, or <see langword="null"/> when one has more leaves than a mask has bits.</summary>
    public static LeafMasks? Of(double baseScore, ReadOnlySpan<int> roots, TreeNode[] nodes, float[] leaves)
    {
        List<Node> laidOut = [];
        List<float> values = [];
        var ends = new (int, int)[roots.Length];
        for (var tree = 0; tree < roots.Length; tree++)
        {
            if (!Add(roots[tree], laidOut.Count, values.Count))
                return null;
            ends[tree] = (laidOut.Count, values.Count);
        }

        return new LeafMasks(baseScore, [.. laidOut], [.. values], ends);

        bool Add(int at, int firstNode, int firstLeaf)
        {
            if (at < 0)
            {
                values.Add(leaves[~at]);
                return true;
            }

            // Also where a file that was made to harm lets branches join again.
            if (laidOut.Count - firstNode >= MostLeaves - 1)
                return false;
            var (node, place, from) = (nodes[at], laidOut.Count, values.Count - firstLeaf);
            laidOut.Add(default);
            if (!Add(node.Left, firstNode, firstLeaf))
                return false;
            laidOut[place] = new Node(node.Feature, node.Threshold, ~(Bits(values.Count - firstLeaf) ^ Bits(from)));
            return Add(node.Right, firstNode, firstLeaf);
        }
    }

    /// <summary>The log odds of rows whose features lie column by column, each <paramref name="stride"/> values after the one before.</summary>
    /// <param name="columns">The columns; each reaches to the next multiple of <see cref="RowsAtOnce"/> rows, whatever stands there.</param>
    /// <param name="stride">The values of a column.</param>
    /// <param name="scores">Receives one score a row.</param>
    public void Score(ReadOnlySpan<float> columns, int stride, Span<double> scores)
    {
        scores.Fill(_baseScore);
        for (var row = 0; row < scores.Length; row += RowsAtOnce)
            ScoreBlock(columns[row..], stride, scores[row..Math.Min(row + RowsAtOnce, scores.Length)]);
    }

    private void ScoreBlock(ReadOnlySpan<float> columns, int stride, Span<double> scores)
    {
        Span<uint> open = stackalloc uint[RowsAtOnce];
        var (node, leaf) = (0, 0);
        foreach (var (endNode, endLeaf) in _ends)
        {
            var (a, b, c, d) = (Vector256<uint>.AllBitsSet, Vector256<uint>.AllBitsSet, Vector256<uint>.AllBitsSet, Vector256<uint>.AllBitsSet);
            for (; node < endNode; node++)
            {
                ref readonly var test = ref _nodes[node];
                var (threshold, mask) = (Vector256.Create(test.Threshold), Vector256.Create(test.Mask));
                var missingLeft = test.Feature < 0;
                var values = columns.Slice((missingLeft ? ~test.Feature : test.Feature) * stride, RowsAtOnce);
                ref var first = ref MemoryMarshal.GetReference(values);
                if (missingLeft)
                {
                    a &= ~Vector256.GreaterThan(Vector256.LoadUnsafe(ref first), threshold).AsUInt32() | mask;
                    b &= ~Vector256.GreaterThan(Vector256.LoadUnsafe(ref first, 8), threshold).AsUInt32() | mask;
                    c &= ~Vector256.GreaterThan(Vector256.LoadUnsafe(ref first, 16), threshold).AsUInt32() | mask;
                    d &= ~Vector256.GreaterThan(Vector256.LoadUnsafe(ref first, 24), threshold).AsUInt32() | mask;
                }
                else
                {
                    a &= Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref first), threshold).AsUInt32() | mask;
                    b &= Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref first, 8), threshold).AsUInt32() | mask;
                    c &= Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref first, 16), threshold).AsUInt32() | mask;
                    d &= Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref first, 24), threshold).AsUInt32() | mask;
                }
            }

            a.CopyTo(open);
            b.CopyTo(open[8..]);
            c.CopyTo(open[16..]);
            d.CopyTo(open[24..]);
            var own = _leaves.AsSpan(leaf, endLeaf - leaf);
            for (var i = 0; i < scores.Length; i++)
                scores[i] += own[BitOperations.TrailingZeroCount(open[i])];
            leaf = endLeaf;
        }
    }

    private static uint Bits(int count) => (uint)((1UL << count) - 1);

    /// <summary>A row above the threshold keeps only the leaves of the mask; a feature below zero lets missing values pass.</summary>
    private readonly record struct Node(int Feature, float Threshold, uint Mask);
}
