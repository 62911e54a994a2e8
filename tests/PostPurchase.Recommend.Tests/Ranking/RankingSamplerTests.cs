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
    public void Rounds_go_back_basket_by_basket()
    {
        int[] visits = [2, 3, 60];
        OrderLine[] lines = [.. visits.SelectMany((count, c) => Enumerable.Range(0, count).Select(v => new OrderLine($"C{c}", "A", SmallStore.Start.AddDays(v))))];
        var columns = PurchaseHistory.From(lines.Append(new OrderLine("C9", "A", SmallStore.Start) { Kind = InteractionKind.View })).Columns;
        // Of sixty baskets three at a time.
        int[][] known = [[1, 2, 57, 0], [0, 1, 54, 0], [0, 0, 51, 0]];
        int[][] held = [[1, 1, 3, 0], [0, 1, 3, 0], [0, 0, 3, 0]];
        for (var round = 0; round < known.Length; round++)
        {
            var examples = RankingExamples.Round(columns, round, mostPerCustomer: 9);
            Assert.Equal(known[round], Known(columns, examples));
            Assert.Equal(held[round], Enumerable.Range(0, 4).Select(c => examples.Baskets.Count(basket => basket.Customer == c)));
            Assert.All(examples.Baskets, basket => Assert.True(basket.Day >= examples.CutDay[basket.Customer]));
        }

        Assert.Equal(3, RankingExamples.Buyers(columns));
    }

    [Theory]
    [InlineData(10, 2, 6, 5, 0)] // A share of 10 / 18 holds with 5 beside the two who have come once by then: 7 / 13.
    [InlineData(90, 2, 8, 70, 0)]
    [InlineData(2, 9, 9, 0, 0)]
    [InlineData(0, 3, 3, 0, 0)]
    [InlineData(7, 0, 0, 0, 0)]
    public void As_large_a_share_came_once_in_a_round_as_in_the_history(int once, int twice, int threeTimes, int knownFirst, int knownSecond)
    {
        int[] visits = [.. Enumerable.Repeat(1, once), .. Enumerable.Repeat(2, twice), .. Enumerable.Repeat(3, threeTimes)];
        var columns = PurchaseHistory.From(visits.SelectMany((count, c) => Enumerable.Range(0, count)
            .Select(v => new OrderLine($"C{c:000}", "A", SmallStore.Start.AddDays(v))))).Columns;
        int[] known = [knownFirst, knownSecond];
        for (var round = 0; round < known.Length; round++)
        {
            var before = Known(columns, RankingExamples.Round(columns, round, mostPerCustomer: 1));
            Assert.Equal(known[round], before[..once].Sum());
            // Of the others a basket is taken away in every round.
            Assert.All(before[once..(once + twice)], count => Assert.Equal(1 - round, count));
            Assert.All(before[(once + twice)..], count => Assert.Equal(2 - round, count));
        }
    }

    private static int[] Known(PurchaseColumns columns, RankingExamples examples)
    {
        var before = HistorySplit.Before(columns, examples.CutDay);
        return [.. Enumerable.Range(0, columns.Customers.Count).Select(c => before.CustomerStart[c + 1] - before.CustomerStart[c])];
    }

    private static int Rounds(int customers, int visits, RankingOptions options)
    {
        var columns = SmallStore.History(customers, visits).Columns;
        var sample = new RankingSampler(options, new ImplicitAlsTrainer(options.Factorization))
            .Build(columns, SalesCalendar.From(columns), new TrainingRun { Threads = 2 });
        return Enumerable.Range(0, sample.Count).Max(sample.Round) + 1;
    }
}
