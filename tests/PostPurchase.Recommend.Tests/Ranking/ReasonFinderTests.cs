using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

/// <summary>The reason of every product for every customer, as the order of reasons says: own purchases, looks, what was bought with it, similar customers.</summary>
public sealed class ReasonFinderTests
{
    private static readonly PurchaseColumns Columns = PurchaseHistory.From(Lines()).Columns;
    private static readonly RankingSources Sources = RankingSources.From(
        Columns, SalesCalendar.From(Columns), new ImplicitAlsTrainer(SmallStore.FastOptions.Factorization), new TrainingRun { Threads = 1 });

    [Fact]
    public void Every_reason_is_the_first_that_holds()
    {
        var browsing = BrowsingRates.From(Columns);
        var scratch = Sources.NewScratch();
        HashSet<(Evidence, ReasonKind)> seen = [];
        for (var customer = -1; customer < Columns.Customers.Count; customer++)
        {
            foreach (var asOf in new[] { Columns.FirstDay + 15, Columns.FirstDay + 40, Columns.LastDay + 1 })
            {
                scratch.State.Load(Columns, customer, asOf);
                CandidateFinder.Find(Sources, customer, newOnly: false, scratch);
                RankedProduct[] list = [.. Enumerable.Range(0, Columns.Products.Count).Where(p => (p + customer) % 4 != 0).Select(p => new RankedProduct(p, 0.5))];
                if (customer % 2 == 0)
                    Array.Reverse(list);
                var finder = new ReasonFinder(Sources, browsing, scratch, list);
                for (var place = 0; place < list.Length; place++)
                {
                    var found = finder.Find(place, list[place].Product);
                    Assert.Equal(Expected(customer, asOf, list[place].Product, scratch, browsing), found);
                    seen.Add((found.Evidence, found.Reason.Kind));
                }
            }
        }

        Assert.True(seen.Count == 8, string.Join(' ', seen));
    }

    private static (Evidence, RecommendationReason) Expected(int customer, int asOf, int product, RankingScratch scratch, BrowsingRates browsing)
    {
        int[] rows = customer < 0 ? [] : [.. Enumerable.Range(Columns.CustomerStart[customer], Columns.CustomerStart[customer + 1] - Columns.CustomerStart[customer]).Where(row => Columns.Day[row] < asOf)];
        int[] days = [.. rows.Where(row => Columns.Product[row] == product).Select(row => Columns.Day[row])];
        if (days.Length > 0)
        {
            return (Evidence.Own, new RecommendationReason
            {
                Kind = ReasonKind.BoughtBefore,
                TimesBought = days.Length,
                MeanGapDays = days.Length == 1 ? null : days.Zip(days.Skip(1), (a, b) => b - a).Average(),
                DaysSinceLast = asOf - days[^1],
            });
        }

        var looks = Columns.Interactions;
        int[] looked = customer < 0 ? [] : [.. Enumerable.Range(looks.CustomerStart[customer], looks.CustomerStart[customer + 1] - looks.CustomerStart[customer])
            .Where(row => looks.Day[row] < asOf && looks.Product[row] == product)];
        if (looked.Length > 0)
        {
            var kinds = looked.Select(row => (InteractionKind)looks.Kind[row]).ToHashSet();
            var (kind, reason) = kinds.Contains(InteractionKind.Cart) ? (InteractionKind.Cart, ReasonKind.AddedToCart)
                : kinds.Contains(InteractionKind.WishList) ? (InteractionKind.WishList, ReasonKind.WishedFor) : (InteractionKind.View, ReasonKind.Viewed);
            var since = asOf - looked.Max(row => looks.Day[row]);
            if (browsing.Probability(kind, since) > Sources.Popular.Probability(product, asOf))
                return (Evidence.Product, new RecommendationReason { Kind = reason, DaysSinceInteraction = since });
        }

        if (rows.Length == 0)
            return (Evidence.Population, new RecommendationReason { Kind = ReasonKind.Popular });
        if (Anchor(scratch.State, product) is { } anchor)
            return (Evidence.Product, new RecommendationReason { Kind = ReasonKind.GoesWith, RelatedProductId = Columns.Products[anchor] });
        return (Evidence.Product, new RecommendationReason { Kind = scratch.Neighbours.NearSums[product] > 0 ? ReasonKind.SimilarCustomers : ReasonKind.Popular });
    }

    private static int? Anchor(CustomerState state, int product)
    {
        var board = new ScoreBoard(Columns.Products.Count);
        var (strongest, anchor) = (0f, (int?)null);
        foreach (var own in state.Own.ToArray().OrderBy(own => own.Product))
        {
            board.Clear();
            Sources.Transitions.Add(own.Product, own.BasketDecay, board);
            if (board[product] > strongest)
                (strongest, anchor) = (board[product], own.Product);
        }

        return anchor;
    }

    // Looks of every kind lead to purchases half of the time; what is sold in every basket needs no look.
    private static List<OrderLine> Lines()
    {
        var lines = SmallStore.Lines(25, 6, 3);
        var random = new SeededRandom(8);
        foreach (var line in lines.ToArray())
        {
            if (random.Next(2) == 0)
                lines.Add(line with { PlacedAt = line.PlacedAt.AddDays(-1 - random.Next(4)), Kind = (InteractionKind)(2 + random.Next(3)) });
            if (random.Next(3) == 0)
                lines.Add(line with { ProductId = $"P{random.Next(SmallStore.Products):00}", PlacedAt = line.PlacedAt.AddDays(1), Kind = (InteractionKind)(2 + random.Next(3)) });
        }

        // Whom nobody resembles, and who speaks for nothing.
        lines.Add(new OrderLine("LONER", "ODD", SmallStore.Start.AddDays(4)));
        return lines;
    }
}
