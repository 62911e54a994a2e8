using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

/// <summary>How many baskets of each customer are held out to learn from.</summary>
public sealed class RankingSamplerTests
{
    private static readonly RankingOptions Defaults = new();

    // Some 4 purchases a basket are among the candidates.
    [Theory]
    [InlineData(40, 12, 8)]
    [InlineData(700, 12, 3)]
    [InlineData(300, 12, 4)]
    [InlineData(300, 60, 10)]
    [InlineData(40, 120, 20)]
    public void Older_baskets_teach_where_the_latest_hold_few_purchases_and_more_of_them_where_histories_are_long(int customers, int visits, int rounds)
    {
        Assert.Equal(rounds, Rounds(customers, visits, Defaults));
        // Many customers are asked no less.
        Assert.Equal(rounds, Rounds(customers, visits, Defaults with { EnoughCustomers = 1 }));
    }

    [Fact]
    public void The_typical_customer_is_the_one_in_the_middle_of_those_who_came_again()
    {
        int[] visits = [1, 1, 1, 1, 2, 5, 9];
        var history = PurchaseHistory.From(visits.SelectMany((count, c) => Enumerable.Range(0, count)
            .SelectMany(v => new[] { "A", "B" }.Select(product => new OrderLine($"C{c}", product, SmallStore.Start.AddDays(v))))));

        Assert.Equal(5, RankingExamples.TypicalBaskets(history.Columns));
        Assert.Equal(0, RankingExamples.TypicalBaskets(PurchaseHistory.From([]).Columns));
    }

    [Fact]
    public void Rounds_go_back_basket_by_basket_and_know_who_came_once()
    {
        int[] visits = [1, 2, 3, 60];
        OrderLine[] lines = [.. visits.SelectMany((count, c) => Enumerable.Range(0, count).Select(v => new OrderLine($"C{c}", "A", SmallStore.Start.AddDays(v))))];
        var columns = PurchaseHistory.From(lines.Append(new OrderLine("C9", "A", SmallStore.Start) { Kind = InteractionKind.View })).Columns;
        // Of sixty baskets three at a time.
        int[][] known = [[1, 1, 2, 57, 0], [1, 0, 1, 54, 0], [1, 0, 0, 51, 0], [1, 0, 0, 48, 0]];
        int[][] held = [[0, 1, 1, 3, 0], [0, 0, 1, 3, 0], [0, 0, 0, 3, 0], [0, 0, 0, 3, 0]];
        for (var round = 0; round < known.Length; round++)
        {
            var examples = RankingExamples.Round(columns, round, mostPerCustomer: 9);
            var before = HistorySplit.Before(columns, examples.CutDay);
            Assert.Equal(known[round], Enumerable.Range(0, 5).Select(c => before.CustomerStart[c + 1] - before.CustomerStart[c]));
            Assert.Equal(held[round], Enumerable.Range(0, 5).Select(c => examples.Baskets.Count(basket => basket.Customer == c)));
            Assert.All(examples.Baskets, basket => Assert.True(basket.Day >= examples.CutDay[basket.Customer]));
        }

        Assert.Equal(4, RankingExamples.Buyers(columns));
    }

    private static int Rounds(int customers, int visits, RankingOptions options)
    {
        var columns = SmallStore.History(customers, visits).Columns;
        var sample = new RankingSampler(options, new ImplicitAlsTrainer(options.Factorization))
            .Build(columns, SalesCalendar.From(columns), new TrainingRun { Threads = 2 });
        return Enumerable.Range(0, sample.Count).Max(sample.Round) + 1;
    }
}
