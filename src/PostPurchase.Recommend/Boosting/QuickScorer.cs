using System.Numerics;
using System.Runtime.InteropServices;

namespace PostPurchase.Recommend.Boosting;

/// <summary>
/// Scores a block of rows against all trees at once (QuickScorer, Lucchese et al., SIGIR 2015, and its vectorised form, SIGIR 2016).
/// Instead of walking each tree, it goes through the cuts of one feature after the other in order of their thresholds: a cut that a
/// row passes to the right strikes out the leaves to its left, and the first leaf that is left over is where the row ends. There is
/// no branch that depends on a single row, so all lanes of a vector work on rows of their own.
/// </summary>
/// <remarks>For trees of up to 32 leaves over up to 512 features. Immutable and safe to use from any number of threads.</remarks>
internal sealed class QuickScorer
{
    private const int MostLeaves = 32;

    // The leaves still possible of so many trees for so many rows stay in the first-level cache and on the stack.
    private const int TreesPerBlock = 128;

    // So do the features of the rows of one pass.
    private const int MostFeatures = 512;

    private readonly Block[] _blocks;
    private readonly int _features;

    private QuickScorer(Block[] blocks, int features) => (_blocks, _features) = (blocks, features);

    /// <summary>The rows that one pass works on: two vectors of them, so that they wait less for each other.</summary>
    private static int Lanes => 2 * Vector<float>.Count;

    /// <summary>The scorer of the trees, or <see langword="null"/> when there are too many features or one tree has too many leaves.</summary>
    public static QuickScorer? From(int features, ReadOnlySpan<int> roots, ReadOnlySpan<TreeNode> nodes, ReadOnlySpan<float> leaves)
    {
        if (features > MostFeatures)
            return null;
        var blocks = new Block[(roots.Length + TreesPerBlock - 1) / TreesPerBlock];
        for (var b = 0; b < blocks.Length; b++)
        {
            var trees = roots.Slice(b * TreesPerBlock, Math.Min(TreesPerBlock, roots.Length - (b * TreesPerBlock)));
            List<(int Feature, bool MissingLeft, Cut Cut)> cuts = [];
            var values = new float[trees.Length * MostLeaves];
            for (var tree = 0; tree < trees.Length; tree++)
            {
                var found = 0;
                if (!Collect(trees[tree], MostLeaves, nodes, leaves, tree, values, ref found, cuts))
                    return null;
            }

            blocks[b] = Block.From(cuts, values);
        }

        return new QuickScorer(blocks, features);
    }

    /// <summary>Adds the trees' values to the scores of rows stored one after the other, tree by tree in their order.</summary>
    public void AddTo(ReadOnlySpan<float> rows, Span<double> scores)
    {
        Span<Vector<float>> columns = stackalloc Vector<float>[2 * _features];
        Span<Vector<int>> possible = stackalloc Vector<int>[2 * TreesPerBlock];
        var values = MemoryMarshal.Cast<Vector<float>, float>(columns);
        for (var from = 0; from < scores.Length; from += Lanes)
        {
            var count = Math.Min(Lanes, scores.Length - from);
            Transpose(rows.Slice(from * _features, count * _features), values, count);
            foreach (var block in _blocks)
            {
                block.Strike(columns, possible);
                block.Add(MemoryMarshal.Cast<Vector<int>, int>(possible), scores.Slice(from, count));
            }
        }
    }

    private void Transpose(ReadOnlySpan<float> rows, Span<float> columns, int count)
    {
        var lanes = Lanes;
        for (var i = 0; i < count; i++)
        {
            var row = rows.Slice(i * _features, _features);
            for (var f = 0; f < row.Length; f++)
                columns[(f * lanes) + i] = row[f];
        }
    }

    // Leaves are numbered from left to right. False when there are too many of them, or the tree is too deep to have so few.
    private static bool Collect(
        int at, int depthLeft, ReadOnlySpan<TreeNode> nodes, ReadOnlySpan<float> leaves, int tree, Span<float> values, ref int found,
        List<(int Feature, bool MissingLeft, Cut Cut)> cuts)
    {
        if (at < 0)
        {
            if (found == MostLeaves)
                return false;
            values[(tree * MostLeaves) + found++] = leaves[~at];
            return true;
        }

        if (depthLeft == 0)
            return false;
        ref readonly var node = ref nodes[at];
        var first = found;
        if (!Collect(node.Left, depthLeft - 1, nodes, leaves, tree, values, ref found, cuts))
            return false;
        var leftLeaves = (int)(uint)(((1UL << found) - 1) & ~((1UL << first) - 1));
        cuts.Add(node.Feature >= 0
            ? (node.Feature, false, new Cut(node.Threshold, tree, leftLeaves))
            : (~node.Feature, true, new Cut(node.Threshold, tree, leftLeaves)));
        return Collect(node.Right, depthLeft - 1, nodes, leaves, tree, values, ref found, cuts);
    }

    /// <summary>An inner node: the leaves that a value above the threshold rules out.</summary>
    private readonly record struct Cut(float Threshold, int Tree, int LeftLeaves);

    /// <summary>The cuts of one feature that treat missing values alike, by threshold.</summary>
    private readonly record struct CutRange(int Feature, bool MissingLeft, int From, int Until);

    private sealed class Block(Cut[] cuts, CutRange[] ranges, float[] leafValues)
    {
        private readonly int _trees = leafValues.Length / MostLeaves;

        public static Block From(List<(int Feature, bool MissingLeft, Cut Cut)> found, float[] leafValues)
        {
            var ordered = found
                .OrderBy(f => f.Feature).ThenBy(f => f.MissingLeft).ThenBy(f => f.Cut.Threshold).ThenBy(f => f.Cut.Tree)
                .ToArray();
            List<CutRange> ranges = [];
            for (int from = 0, until; from < ordered.Length; from = until)
            {
                until = from + 1;
                while (until < ordered.Length && (ordered[until].Feature, ordered[until].MissingLeft) == (ordered[from].Feature, ordered[from].MissingLeft))
                    until++;
                ranges.Add(new CutRange(ordered[from].Feature, ordered[from].MissingLeft, from, until));
            }

            return new Block([.. ordered.Select(f => f.Cut)], [.. ranges], leafValues);
        }

        public void Strike(ReadOnlySpan<Vector<float>> columns, Span<Vector<int>> possible)
        {
            possible[..(2 * _trees)].Fill(Vector<int>.AllBitsSet);
            foreach (var range in ranges)
            {
                var (a, b) = (columns[2 * range.Feature], columns[(2 * range.Feature) + 1]);
                foreach (ref readonly var cut in cuts.AsSpan(range.From..range.Until))
                {
                    var threshold = new Vector<float>(cut.Threshold);
                    // A missing value is neither above nor at most the threshold.
                    var (rightA, rightB) = range.MissingLeft
                        ? (Vector.GreaterThan(a, threshold), Vector.GreaterThan(b, threshold))
                        : (~Vector.LessThanOrEqual(a, threshold), ~Vector.LessThanOrEqual(b, threshold));
                    // The thresholds only grow from here.
                    if ((rightA | rightB) == Vector<int>.Zero)
                        break;
                    var left = new Vector<int>(cut.LeftLeaves);
                    possible[2 * cut.Tree] = Vector.AndNot(possible[2 * cut.Tree], rightA & left);
                    possible[(2 * cut.Tree) + 1] = Vector.AndNot(possible[(2 * cut.Tree) + 1], rightB & left);
                }
            }
        }

        public void Add(ReadOnlySpan<int> possible, Span<double> scores)
        {
            var lanes = Lanes;
            var i = 0;
            // Four sums at a time: each waits for its own last addition only.
            for (; i + 3 < scores.Length; i += 4)
            {
                var (a, b, c, d) = (scores[i], scores[i + 1], scores[i + 2], scores[i + 3]);
                for (var tree = 0; tree < _trees; tree++)
                {
                    var left = possible.Slice((tree * lanes) + i, 4);
                    var values = leafValues.AsSpan(tree * MostLeaves, MostLeaves);
                    a += values[BitOperations.TrailingZeroCount(left[0])];
                    b += values[BitOperations.TrailingZeroCount(left[1])];
                    c += values[BitOperations.TrailingZeroCount(left[2])];
                    d += values[BitOperations.TrailingZeroCount(left[3])];
                }

                (scores[i], scores[i + 1], scores[i + 2], scores[i + 3]) = (a, b, c, d);
            }

            for (; i < scores.Length; i++)
            {
                for (var tree = 0; tree < _trees; tree++)
                    scores[i] += leafValues[(tree * MostLeaves) + BitOperations.TrailingZeroCount(possible[(tree * lanes) + i])];
            }
        }
    }
}
