namespace PostPurchase.Recommend.Boosting;

/// <summary>Collects grown trees, with thresholds instead of bins, until the number to keep is known.</summary>
internal sealed class BoostedTreesBuilder(FeatureBins[] bins, double baseScore)
{
    private const int BlockRows = 4096;
    private readonly List<int> _roots = [];
    private readonly List<TreeNode> _nodes = [];
    private readonly List<float> _leaves = [];
    private readonly List<(int Nodes, int Leaves)> _sizes = [];

    public double BaseScore => baseScore;

    public int Trees => _roots.Count;

    public void Add(GrownTree tree, double learningRate)
    {
        var node = _nodes.Count;
        var leaf = _leaves.Count;
        _roots.Add(tree.Nodes.Count == 0 ? ~leaf : node);
        foreach (var grown in tree.Nodes)
        {
            _nodes.Add(new TreeNode(
                grown.MissingLeft ? ~grown.Feature : grown.Feature,
                grown.Bin < bins[grown.Feature].Count - 1 ? bins[grown.Feature].UpperBound(grown.Bin) : float.PositiveInfinity,
                Child(grown.Left),
                Child(grown.Right)));
        }

        foreach (var value in tree.LeafValues)
            _leaves.Add((float)(learningRate * value));
        _sizes.Add((_nodes.Count, _leaves.Count));

        int Child(int child) => child >= 0 ? node + child : ~(leaf + ~child);
    }

    /// <summary>Adds the last tree's values to the scores of a table.</summary>
    public void AddLastTree(FeatureTable table, double[] scores, TrainingRun run)
    {
        var root = _roots[^1];
        ParallelRows.For(scores.Length, BlockRows, run, (from, until) =>
        {
            for (var i = from; i < until; i++)
            {
                // One tree asks for few of the features: a row is not worth collecting.
                var at = root;
                while (at >= 0)
                    at = BoostedTreesModel.Next(_nodes[at], table, i);
                scores[i] += _leaves[~at];
            }
        });
    }

    public BoostedTreesModel Build(int trees)
    {
        var (nodes, leaves) = trees == 0 ? (0, 0) : _sizes[trees - 1];
        return new BoostedTreesModel(
            bins.Length, baseScore, [.. _roots.Take(trees)], [.. _nodes.Take(nodes)], [.. _leaves.Take(leaves)]);
    }
}
