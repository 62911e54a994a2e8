using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

public sealed class InteractionRankingTests
{
    [Theory]
    [InlineData(InteractionKind.View)]
    [InlineData(InteractionKind.Cart)]
    [InlineData(InteractionKind.WishList)]
    public void What_was_looked_at_is_offered_where_looking_leads_to_buying(InteractionKind kind)
    {
        var history = Browsing(kind, looksLead: true);
        var list = SmallStore.Train(history).Recommend(new RecommendationQuery { CustomerId = "C000", AsOf = NextVisit(history), Count = 5, NewProductsOnly = true });

        Assert.Equal("WANTED", list.Items[0].ProductId);
        Assert.True(list.Items[0].Probability > 0.35, $"{list.Items[0].Probability}");
    }

    [Fact]
    public void Without_a_day_the_question_is_asked_after_the_last_look()
    {
        OrderLine[] lines = [new("a", "p", SmallStore.Start), new("a", "q", SmallStore.Start.AddDays(9)) { Kind = InteractionKind.View }, new("b", "p", SmallStore.Start.AddDays(4))];
        var list = SmallStore.Train(PurchaseHistory.From(lines)).Recommend(new RecommendationQuery { CustomerId = "a" });
        Assert.Equal(DateOnly.FromDateTime(SmallStore.Start).AddDays(10), list.AsOf);
    }

    [Fact]
    public void Looking_is_worth_nothing_where_it_leads_nowhere()
    {
        var history = Browsing(InteractionKind.View, looksLead: false);
        var list = SmallStore.Train(history).Recommend(new RecommendationQuery { CustomerId = "C000", AsOf = NextVisit(history), Count = 100 });

        Assert.All(list.Items.Where(i => i.ProductId == "WANTED"), i => Assert.True(i.Probability < 0.15, $"{i.Probability}"));
    }

    [Fact]
    public void What_is_looked_at_on_the_day_itself_is_not_known_yet()
    {
        var history = Browsing(InteractionKind.View, looksLead: true);
        var state = new CustomerState(history.ProductCount);
        var product = history.Columns.Products.Find("WANTED");
        var look = Enumerable.Range(0, history.Columns.Interactions.Rows).Last(r => r < history.Columns.Interactions.CustomerStart[1] && history.Columns.Interactions.Product[r] == product);
        var day = history.Columns.Interactions.Day[look];

        state.Load(history.Columns, 0, day);
        Assert.Equal(0, state.Interactions.RecentViews[product]);
        state.Load(history.Columns, 0, day + 3);
        Assert.Equal(0.5, state.Interactions.RecentViews[product], 1e-4);
        state.Load(history.Columns, -1, day + 3);
        Assert.Equal(0, state.Interactions.RecentViews[product]);
    }

    private static DateOnly NextVisit(PurchaseHistory history)
    {
        var looks = history.Columns.Interactions;
        return DateOnly.FromDayNumber(looks.Day[looks.CustomerStart[1] - 1] + 2);
    }

    // Everybody looks at one new product two days before the next visit, and buys it there or does not; the last thing
    // that customer C000 did is to look at WANTED.
    private static PurchaseHistory Browsing(InteractionKind kind, bool looksLead)
    {
        List<OrderLine> lines = [];
        for (var c = 0; c < 80; c++)
        {
            var random = new SeededRandom(11, (ulong)c);
            var day = random.Next(20);
            for (var v = 0; v < 6; v++)
            {
                lines.Add(new OrderLine($"C{c:000}", "BAG", SmallStore.Start.AddDays(day)));
                lines.Add(new OrderLine($"C{c:000}", $"P{random.Next(12):00}", SmallStore.Start.AddDays(day)));
                var wanted = v == 5 && c == 0 ? "WANTED" : c % 9 == 5 && v == 2 ? "WANTED" : $"Q{(c + (v * 5)) % 30:00}";
                lines.Add(new OrderLine($"C{c:000}", wanted, SmallStore.Start.AddDays(day + 6)) { Kind = kind });
                day += 8;
                if (looksLead && v < 5 && random.NextDouble() < 0.8)
                    lines.Add(new OrderLine($"C{c:000}", wanted, SmallStore.Start.AddDays(day)));
                else if (v < 5)
                    lines.Add(new OrderLine($"C{c:000}", $"Q{random.Next(30):00}", SmallStore.Start.AddDays(day)));
            }
        }

        // Product numbers must exist whether or not anybody bought what was looked at.
        lines.Add(new OrderLine("C079", "WANTED", SmallStore.Start));
        return PurchaseHistory.From(lines);
    }
}
