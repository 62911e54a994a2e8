namespace PostPurchase.Recommend.Boosting;

/// <summary>One tree as it was grown, in bins; children below zero are leaves (the complement of their number).</summary>
internal sealed class GrownTree
{
    public List<GrownNode> Nodes { get; } = [];

    public List<double> LeafValues { get; } = [];

    /// <summary>The leaf of a row of the table.</summary>
    public int LeafOf(BinnedTable table, int row)
    {
        if (Nodes.Count == 0)
            return 0;
        var at = 0;
        do
        {
            var node = Nodes[at];
            at = node.GoesLeft(table.Values[(row * table.Features) + node.Feature], table.Bins[node.Feature].MissingBin) ? node.Left : node.Right;
        }
        while (at >= 0);
        return ~at;
    }
}
