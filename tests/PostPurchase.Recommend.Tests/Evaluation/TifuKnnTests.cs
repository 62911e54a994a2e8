using PostPurchase.Recommend.Evaluation.Baselines;

namespace PostPurchase.Recommend.Tests.Evaluation;

public sealed class TifuKnnTests
{
    private static readonly TifuKnnSettings TwoGroups = new(Groups: 2, BasketDecay: 0.9, GroupDecay: 0.5, Neighbours: 1, OwnShare: 0.25);

    // Three baskets in two groups: one basket, then two; the later group and the later basket count most.
    [Theory]
    [InlineData(0, 0.5 / 2)]
    [InlineData(1, 0.9 / 2 / 2)]
    [InlineData(2, 1.0 / 2 / 2)]
    public void The_last_groups_are_the_larger_ones(int basket, double weight) =>
        Assert.Equal(weight, new BasketGroups(3, 2).Weight(basket, 0.9, 0.5), 12);

    [Fact]
    public void A_short_history_has_a_group_for_each_basket() => Assert.Equal(1, new BasketGroups(1, 7).Weight(0, 0.9, 0.5));

    [Fact]
    public void With_one_neighbour_a_customer_is_its_own()
    {
        var history = SmallLog.Of("a p 0", "a q 1", "b r 0").Columns;
        var scores = new TifuKnn(history, new ProductPopularity(history), TwoGroups).Score(0);
        Assert.Equal([0.25, 0.5, 0], scores.Select(score => Math.Round(score, 12)));
    }

    [Fact]
    public void Neighbours_are_mixed_in_by_their_share()
    {
        var history = SmallLog.Of("a p 0", "b q 0").Columns;
        var tifu = new TifuKnn(history, new ProductPopularity(history), TwoGroups with { Neighbours = 2 });
        // Own share a quarter, and half of the rest as one's own neighbour.
        Assert.Equal([0.625, 0.375], tifu.Score(0).Select(score => Math.Round(score, 12)));
    }

    [Fact]
    public void The_list_holds_scored_products_by_score_then_popular_ones()
    {
        // b likes p and q alike: ties go to the more popular q. s is only popular.
        var history = SmallLog.Of("b p 0", "b q 0", "c q 5", "d s 0", "e s 1", "f t 0").Columns;
        var tifu = new TifuKnn(history, new ProductPopularity(history), TwoGroups);
        var list = new int[3];
        Assert.Equal(3, tifu.Rank(0, list));
        Assert.Equal(["q", "p", "s"], list.Select(product => history.Products[product]));
    }
}
