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

    [Theory]
    [InlineData(InteractionKind.View, ReasonKind.Viewed, "looked at 3 days ago")]
    [InlineData(InteractionKind.Cart, ReasonKind.AddedToCart, "put into the cart 3 days ago")]
    [InlineData(InteractionKind.WishList, ReasonKind.WishedFor, "wished for 3 days ago")]
    public void Who_has_only_looked_is_offered_that_where_looking_leads_to_buying(InteractionKind kind, ReasonKind reason, string sentence)
    {
        foreach (var looksLead in (bool[])[true, false])
        {
            var history = Browsing(kind, looksLead, new OrderLine("visitor", "WANTED", SmallStore.Start.AddDays(60)) { Kind = kind });
            var list = SmallStore.Train(history).Recommend(
                new RecommendationQuery { CustomerId = "visitor", AsOf = DateOnly.FromDateTime(SmallStore.Start).AddDays(63), Count = 100 });
            var wanted = list.Items.Single(item => item.ProductId == "WANTED");
            Assert.False(list.IsKnownCustomer);
            if (!looksLead)
            {
                Assert.InRange(wanted.Probability, 0, 0.1);
                continue;
            }

            // BAG is in every basket. Four in five looks led to a purchase.
            Assert.Equal(["BAG", "WANTED"], list.Items.Take(2).Select(item => item.ProductId));
            Assert.InRange(wanted.Probability, 0.7, 0.85);
            Assert.Equal((Evidence.Product, reason, sentence), (wanted.Evidence, wanted.Reason.Kind, wanted.Reason.ToString()));
        }
    }

    [Fact]
    public void Of_a_known_customer_too_a_look_is_the_reason_where_looking_leads_to_buying()
    {
        var history = Browsing(InteractionKind.Cart, looksLead: true);
        var item = SmallStore.Train(history).Recommend(new RecommendationQuery { CustomerId = "C000", AsOf = NextVisit(history), NewProductsOnly = true }).Items[0];
        Assert.Equal(("WANTED", ReasonKind.AddedToCart, 2), (item.ProductId, item.Reason.Kind, item.Reason.DaysSinceInteraction!.Value));
    }

    [Fact]
    public void Rates_are_those_counted_by_hand()
    {
        OrderLine Did(string customer, string product, int day, InteractionKind kind) => new(customer, product, SmallStore.Start.AddDays(day)) { Kind = kind };
        var rates = BrowsingRates.From(PurchaseHistory.From(
        [
            // A look and a cart of one product are a cart, as old as the last of them; bought.
            Did("a", "p", 0, InteractionKind.Cart), Did("a", "p", 9, InteractionKind.View), Did("a", "p", 10, InteractionKind.Purchase),
            // Looked at again after it was bought: says nothing of new products.
            Did("a", "p", 12, InteractionKind.View), Did("a", "q", 13, InteractionKind.View), Did("a", "r", 20, InteractionKind.Purchase),
            // The look at q was a visit ago, and on the day of a visit itself it comes too late.
            Did("a", "s", 29, InteractionKind.View), Did("a", "s", 30, InteractionKind.Purchase), Did("a", "t", 30, InteractionKind.View),
        ]).Columns);

        // Carts: one of one; looks: q after seven days not, s after one day was; t waits for a visit.
        var all = 2 / 23.0;
        var (carts, looks) = ((1 + (20 * all)) / 21, (1 + (20 * all)) / 22);
        Assert.Equal((1 + (20 * carts)) / 21, rates.Probability(InteractionKind.Cart, 1), 1e-12);
        Assert.Equal(carts, rates.Probability(InteractionKind.Cart, 2), 1e-12);
        Assert.Equal((1 + (20 * looks)) / 21, rates.Probability(InteractionKind.View, 0), 1e-12);
        Assert.Equal(20 * looks / 21, rates.Probability(InteractionKind.View, 7), 1e-12);
        Assert.Equal(looks, rates.Probability(InteractionKind.View, 8), 1e-12);
        Assert.Equal(all, rates.Probability(InteractionKind.WishList, 31), 1e-12);
    }

    [Fact]
    public void What_one_customer_bought_before_is_new_to_the_next()
    {
        OrderLine[] ofOne = [new("a", "p", SmallStore.Start) { Kind = InteractionKind.View }, new("a", "p", SmallStore.Start.AddDays(1))];
        var rates = BrowsingRates.From(PurchaseHistory.From([.. ofOne, .. ofOne.Select(line => line with { CustomerId = "b" })]).Columns);
        var all = 2 / 22.0;
        Assert.Equal((2 + (20 * (2 + (20 * all)) / 22)) / 22, rates.Probability(InteractionKind.View, 1), 1e-12);
    }

    private static DateOnly NextVisit(PurchaseHistory history)
    {
        var looks = history.Columns.Interactions;
        return DateOnly.FromDayNumber(looks.Day[looks.CustomerStart[1] - 1] + 2);
    }

    // Everybody looks at one new product two days before the next visit, and buys it there or does not; the last thing
    // that customer C000 did is to look at WANTED.
    private static PurchaseHistory Browsing(InteractionKind kind, bool looksLead, params OrderLine[] more)
    {
        List<OrderLine> lines = [.. more];
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
