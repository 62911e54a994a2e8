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

    private static int Rounds(int customers, int visits, RankingOptions options)
    {
        var columns = SmallStore.History(customers, visits).Columns;
        var sample = new RankingSampler(options, new ImplicitAlsTrainer(options.Factorization))
            .Build(columns, SalesCalendar.From(columns), new TrainingRun { Threads = 2 });
        return Enumerable.Range(0, sample.Count).Max(sample.Round) + 1;
    }
}
