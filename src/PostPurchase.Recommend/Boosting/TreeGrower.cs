using System.Runtime.Intrinsics;

namespace PostPurchase.Recommend.Boosting;

/// <summary>
/// Grows one tree at a time, always cutting the leaf that gains most (Ke et al., "LightGBM", NIPS 2017). Of two
/// children only the smaller one is counted; the other is the parent less it.
/// </summary>
internal sealed class TreeGrower
{
    private const int BlockRows = 1 << 14;

    private readonly BinnedTable _table;
    private readonly BoostedTreesOptions _options;
    private readonly RowGradients _gradients;
    private readonly SplitSearch _search;
    private readonly TrainingRun _run;
    private readonly Stack<GradientHistogram> _free = new();
    private readonly int[] _spare;

    public TreeGrower(BinnedTable table, BoostedTreesOptions options, RowGradients gradients, TrainingRun run)
    {
        _table = table;
        _options = options;
        _gradients = gradients;
        _run = run;
        _search = new SplitSearch(table, options, gradients);
        _spare = new int[table.Rows];
    }

    /// <summary>Grows a tree on the rows, which come back grouped by leaf.</summary>
    /// <param name="rows">Rows of the table; their order is changed.</param>
    /// <param name="usedFeatures">The features the tree may use, ascending.</param>
    /// <param name="leafEnds">Receives the end of every leaf's rows, with its number.</param>
    public GrownTree Grow(Memory<int> rows, int[] usedFeatures, List<(int From, int Until, int Leaf)> leafEnds)
    {
        var tree = new GrownTree();
        var total = Vector128<long>.Zero;
        foreach (var row in rows.Span)
            total += _gradients.Rows[row];
        var histogram = Rent();
        histogram.Build(_table, _gradients, rows, usedFeatures, _run);
        List<GrowingLeaf> leaves = [new GrowingLeaf(0, rows.Length, total, histogram, _search.Best(histogram, total, usedFeatures))];
        tree.LeafValues.Add(_search.LeafValue(total));
        while (leaves.Count < _options.MaxLeaves)
        {
            var chosen = -1;
            for (var i = 0; i < leaves.Count; i++)
            {
                if (leaves[i].Best.Exists && (chosen < 0 || leaves[i].Best.Gain > leaves[chosen].Best.Gain))
                    chosen = i;
            }

            if (chosen < 0)
                break;
            _run.Cancellation.ThrowIfCancellationRequested();
            Cut(tree, leaves, chosen, rows, usedFeatures);
        }

        leafEnds.Clear();
        for (var i = 0; i < leaves.Count; i++)
        {
            leafEnds.Add((leaves[i].From, leaves[i].Until, i));
            _free.Push(leaves[i].Histogram);
        }

        return tree;
    }

    // The left child keeps the leaf's number, the right one gets the next.
    private void Cut(GrownTree tree, List<GrowingLeaf> leaves, int chosen, Memory<int> rows, int[] usedFeatures)
    {
        var leaf = leaves[chosen];
        var split = leaf.Best;
        var node = tree.Nodes.Count;
        Relink(tree, chosen, node);
        tree.Nodes.Add(new GrownNode(split.Feature, split.Bin, split.MissingLeft, ~chosen, ~leaves.Count));
        var middle = Partition(rows[leaf.From..leaf.Until], split) + leaf.From;
        var right = leaf.Total - split.Left;
        var leftIsSmaller = middle - leaf.From <= leaf.Until - middle;
        var small = Rent();
        small.Build(_table, _gradients, leftIsSmaller ? rows[leaf.From..middle] : rows[middle..leaf.Until], usedFeatures, _run);
        var large = leaf.Histogram;
        large.Subtract(small, usedFeatures);
        var (leftHistogram, rightHistogram) = leftIsSmaller ? (small, large) : (large, small);
        leaves[chosen] = new GrowingLeaf(leaf.From, middle, split.Left, leftHistogram, _search.Best(leftHistogram, split.Left, usedFeatures));
        leaves.Add(new GrowingLeaf(middle, leaf.Until, right, rightHistogram, _search.Best(rightHistogram, right, usedFeatures)));
        tree.LeafValues[chosen] = _search.LeafValue(split.Left);
        tree.LeafValues.Add(_search.LeafValue(right));
    }

    private static void Relink(GrownTree tree, int leaf, int node)
    {
        for (var i = tree.Nodes.Count - 1; i >= 0; i--)
        {
            var parent = tree.Nodes[i];
            if (parent.Left == ~leaf)
                tree.Nodes[i] = parent with { Left = node };
            else if (parent.Right == ~leaf)
                tree.Nodes[i] = parent with { Right = node };
            else
                continue;
            return;
        }
    }

    // Stable, so that rows stay in ascending order inside a leaf and memory is walked forwards. Blocks are cut side by side and then pushed together.
    private int Partition(Memory<int> rows, Split split)
    {
        var lefts = new int[(rows.Length + BlockRows - 1) / BlockRows];
        ParallelRows.For(rows.Length, BlockRows, _run, (from, until) => lefts[from / BlockRows] = PartitionBlock(rows.Span[from..until], _spare.AsSpan(from), split));
        var left = 0;
        for (var block = 0; block < lefts.Length; block++)
        {
            rows.Span.Slice(block * BlockRows, lefts[block]).CopyTo(rows.Span[left..]);
            left += lefts[block];
        }

        var right = left;
        for (var block = 0; block < lefts.Length; block++)
        {
            var size = Math.Min(BlockRows, rows.Length - (block * BlockRows)) - lefts[block];
            _spare.AsSpan(block * BlockRows, size).CopyTo(rows.Span[right..]);
            right += size;
        }

        return left;
    }

    // The left rows to the front, the others to the spare place.
    private int PartitionBlock(Span<int> rows, Span<int> others, Split split)
    {
        var bins = _table.Column(split.Feature);
        var missingBin = _table.Bins[split.Feature].MissingBin;
        var (left, right) = (0, 0);
        foreach (var row in rows)
        {
            var bin = bins[row];
            // Both are written and one is kept: which it is cannot be foretold.
            var goesLeft = bin == missingBin ? split.MissingLeft : bin <= split.Bin;
            others[right] = row;
            rows[left] = row;
            left += goesLeft ? 1 : 0;
            right += goesLeft ? 0 : 1;
        }

        return left;
    }

    private GradientHistogram Rent() => _free.TryPop(out var histogram) ? histogram : new GradientHistogram(_table.Features);
}
