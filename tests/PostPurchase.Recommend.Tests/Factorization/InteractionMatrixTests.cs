using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Factorization;

public class InteractionMatrixTests
{
    [Fact]
    public void Triples_are_sorted_and_merged_in_both_orders()
    {
        var matrix = InteractionMatrix.FromTriples(4, 3, [2, 0, 2, 2], [1, 2, 0, 1], [1, 2, 3, 4]);
        Assert.Equal(3, matrix.PairCount);
        Assert.Equal([0, 1, 1, 3, 3], matrix.ByCustomer.Start);
        Assert.Equal([2, 0, 1], matrix.ByCustomer.Column);
        Assert.Equal([2f, 3f, 5f], matrix.ByCustomer.Value);
        Assert.Equal([0, 1, 2, 3], matrix.ByProduct.Start);
        Assert.Equal([2, 2, 0], matrix.ByProduct.Column);
        Assert.Equal([3f, 5f, 2f], matrix.ByProduct.Value);
    }

    [Fact]
    public void Triples_outside_the_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => InteractionMatrix.FromTriples(1, 1, [1], [0]));
        Assert.Throws<ArgumentException>(() => InteractionMatrix.FromTriples(1, 1, [0], [1]));
        Assert.Throws<ArgumentException>(() => InteractionMatrix.FromTriples(1, 1, [0], [-1]));
        Assert.Throws<ArgumentException>(() => InteractionMatrix.FromTriples(1, 1, [0, 0], [0]));
        Assert.Throws<ArgumentException>(() => InteractionMatrix.FromTriples(1, 1, [0], [0], [float.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => InteractionMatrix.FromTriples(1, 1, [0], [0], [-1]));
    }

    [Fact]
    public void A_history_counts_the_days_of_a_pair_not_the_quantity()
    {
        var columns = new PurchaseColumns(
            new IdIndex(["a", "b"]), new IdIndex(["x", "y"]), [0, 3, 4], [10, 10, 12, 11], [0, 1, 1, 0], [5, 1, 2, 9]);
        var matrix = InteractionMatrix.From(columns);
        Assert.Equal([0, 2, 3], matrix.ByCustomer.Start);
        Assert.Equal([0, 1, 0], matrix.ByCustomer.Column);
        Assert.Equal([1f, 2f, 1f], matrix.ByCustomer.Value);
    }

    [Fact]
    public void Transposing_twice_gives_the_same_rows()
    {
        var rows = InteractionSample.Random(50, 40, 500, 9).Matrix.ByCustomer;
        var back = rows.Transposed().Transposed();
        Assert.Equal(rows.Start, back.Start);
        Assert.Equal(rows.Column, back.Column);
        Assert.Equal(rows.Value, back.Value);
    }
}
