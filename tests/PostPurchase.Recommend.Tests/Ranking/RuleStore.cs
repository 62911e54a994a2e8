using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

/// <summary>A random store for the rules of requests: few products, some of them without a category, and one blend that nobody needs.</summary>
internal static class RuleStore
{
    public const int Customers = 30;

    public static PurchaseColumns Columns { get; } = PurchaseHistory.From(Lines()).Columns;

    public static RankingSources Sources { get; } = RankingSources.From(
        Columns, SalesCalendar.From(Columns), new ImplicitAlsTrainer(SmallStore.FastOptions.Factorization), new TrainingRun { Threads = 1 });

    public static CustomerState State(int customer, int asOfDay)
    {
        var state = new CustomerState(Columns.Products.Count);
        state.Load(Columns, customer, asOfDay);
        return state;
    }

    /// <summary>What the customer has bought before the day, by product: the last day.</summary>
    public static Dictionary<int, int> Bought(int customer, int asOfDay)
    {
        Dictionary<int, int> last = [];
        for (var row = Columns.CustomerStart[customer]; row < Columns.CustomerStart[customer + 1]; row++)
        {
            if (Columns.Day[row] < asOfDay)
                last[Columns.Product[row]] = Columns.Day[row];
        }

        return last;
    }

    private static IEnumerable<OrderLine> Lines()
    {
        var random = new SeededRandom(41);
        for (var c = 0; c < Customers; c++)
        {
            for (var i = 0; i < 14; i++)
            {
                var product = random.Next(1 + random.Next(60));
                yield return new OrderLine($"C{c:00}", $"P{product:00}", SmallStore.Start.AddDays(random.Next(90)))
                {
                    Category = product % 6 == 5 ? null : $"K{product % 6}",
                };
            }
        }
    }
}
