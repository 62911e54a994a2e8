using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Factorization;

public class HiddenPairsTests
{
    [Fact]
    public void Hidden_pairs_and_the_rest_make_up_the_whole()
    {
        var sample = InteractionSample.Random(60, 40, 900, 8);
        var hidden = HiddenPairs.Draw(sample.Matrix, 0.25, 5);
        var whole = sample.Matrix.ByCustomer;
        Assert.Equal(whole.Entries, hidden.Count + hidden.Rest.PairCount);
        Assert.InRange(hidden.Count, whole.Entries * 0.15, whole.Entries * 0.35);
        for (var u = 0; u < 60; u++)
            Assert.Equal<int>(whole.ColumnsOf(u).ToArray(), hidden.Hidden.ColumnsOf(u).ToArray().Concat(hidden.Rest.ByCustomer.ColumnsOf(u).ToArray()).Order());
    }

    [Fact]
    public void A_split_in_time_hides_what_was_new_at_the_last_visit_and_counts_the_rest_without_it()
    {
        // Ann repeats A and takes C anew at her last visit; Bob came once; Cid's visits hold the same.
        var matrix = InteractionMatrix.From(History(
            ("ann", "A", 1), ("ann", "B", 1), ("ann", "A", 5), ("ann", "C", 5), ("bob", "A", 9), ("bob", "B", 9), ("cid", "B", 2), ("cid", "B", 3)));
        Assert.True(matrix.KnowsLastVisits);
        var hidden = HiddenPairs.LastVisits(matrix);
        Assert.Equal<(int, int)>([(0, 2)], Pairs(hidden.Hidden).Select(p => (p.Customer, p.Product)));
        Assert.Equal([(0, 0, 1f), (0, 1, 1f), (1, 0, 1f), (1, 1, 1f), (2, 1, 1f)], Pairs(hidden.Rest.ByCustomer));
    }

    [Fact]
    public void The_quality_is_the_ndcg_of_the_lists()
    {
        // One factor: products in order of their vectors. Customer 0 owns product 0 and hides product 2, customer 1 hides nothing.
        var model = FactorModel.FromFactors(new FactorizationOptions { Factors = 1 }, [1, 1], [4, 3, 2, 1]);
        var hidden = new HiddenPairs(InteractionMatrix.FromTriples(2, 4, [0], [0]), SparseRows.FromTriples(2, 4, [0], [2], [1]));
        Assert.Equal(1 / Math.Log2(3), hidden.Ndcg(model, [], new TrainingRun()), 1e-12);
    }

    internal static PurchaseHistory History(params (string Customer, string Product, int Day)[] lines) =>
        PurchaseHistory.From(lines.Select(line => new OrderLine(line.Customer, line.Product, new DateTime(2024, 1, 1).AddDays(line.Day))));

    internal static (int Customer, int Product, float Count)[] Pairs(SparseRows rows) =>
        [.. Enumerable.Range(0, rows.Rows).SelectMany(row => Enumerable.Range(rows.Start[row], rows.Start[row + 1] - rows.Start[row]).Select(e => (row, rows.Column[e], rows.Value[e])))];
}
