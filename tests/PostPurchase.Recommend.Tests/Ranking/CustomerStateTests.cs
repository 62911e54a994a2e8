using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

/// <summary>Everything that ranking knows of one customer against summing up the baskets by hand.</summary>
public sealed class CustomerStateTests
{
    // One customer has more baskets and more products than a state has room for at first; the last has bought once.
    private static readonly PurchaseColumns Columns = PurchaseHistory.From(
        [.. Lines("A", visits: 150, width: 400, perVisit: 5), .. Lines("B", visits: 9, width: 6, perVisit: 3), .. Lines("C", visits: 1, width: 3, perVisit: 4)]).Columns;

    [Fact]
    public void A_state_is_the_sum_of_the_baskets_before_the_day()
    {
        var state = new CustomerState(Columns.Products.Count);
        // The same workspace for all of them, so that what one leaves behind would show.
        foreach (var customer in new[] { 0, 1, -1, 2, 0, 1 })
        {
            foreach (var asOf in new[] { Columns.FirstDay, Columns.FirstDay + 50, Columns.LastDay, Columns.LastDay + 400 })
            {
                state.Load(Columns, customer, asOf);
                var baskets = Baskets(customer, asOf);
                Assert.Equal((asOf, baskets.Length, baskets.Sum(b => b.Rows.Length)), (state.AsOfDay, state.Baskets, state.Rows));
                Assert.Equal(baskets.SelectMany(b => b.Rows).Select(row => Columns.Product[row]).ToHashSet(), state.Own.ToArray().Select(o => o.Product).ToHashSet());
                Assert.Equal(baskets.Count(b => IsSameWeekday(b.Day, asOf)), state.SameWeekdayBaskets);
                if (baskets.Length > 0)
                    CheckBaskets(state, baskets, asOf);
                for (var product = 0; product < Columns.Products.Count; product++)
                    CheckProduct(state, baskets, product, asOf);
            }
        }
    }

    private static void CheckBaskets(CustomerState state, (int Day, int[] Rows)[] baskets, int asOf)
    {
        Assert.Equal((baskets[0].Rows[0], baskets[0].Day, baskets[^1].Day, baskets[^1].Rows.Length), (state.FirstRow, state.FirstDay, state.LastDay, state.LastBasketSize));
        Assert.Equal(baskets.Select(b => b.Rows[0]).Append(baskets[^1].Rows[^1] + 1), state.BasketStarts.ToArray());
        Assert.Equal(baskets.Select((_, age) => Math.Pow(0.75, age)).Sum(), state.MiddleDecaySum, 1e-4);
        Assert.Equal(baskets.Select((_, age) => Math.Pow(0.92, age)).Sum(), state.SlowDecaySum, 1e-4);
        Assert.Equal(baskets.Select((_, age) => Math.Pow(0.98, age)).Sum(), state.LongDecaySum, 1e-3);
        var prices = baskets.SelectMany(b => b.Rows).Select(row => Columns.UnitPrice[row]).Where(price => price > 0).ToArray();
        Assert.Equal(prices.Length == 0 ? double.NaN : prices.Average(price => Math.Log(price)), state.MeanPrice, 1e-5);
        var later = baskets.Skip(1).Select((basket, i) => (Known: basket.Rows.Count(row => WasBought(baskets[..(i + 1)], Columns.Product[row])), basket.Rows.Length)).ToArray();
        Assert.Equal(later.Length == 0 ? double.NaN : (double)later.Sum(b => b.Known) / later.Sum(b => b.Length), state.RepeatShare, 1e-6);
        Assert.Equal(later.Length == 0 ? double.NaN : (double)later[^1].Known / later[^1].Length, state.LastRepeatShare, 1e-6);

        static bool WasBought((int Day, int[] Rows)[] before, int product) => before.Any(b => b.Rows.Any(row => Columns.Product[row] == product));
    }

    private static void CheckProduct(CustomerState state, (int Day, int[] Rows)[] baskets, int product, int asOf)
    {
        var held = baskets.Select((b, i) => (b.Day, Basket: i, Rows: b.Rows.Where(row => Columns.Product[row] == product).ToArray())).Where(b => b.Rows.Length > 0).ToArray();
        Assert.Equal(held.Length > 0, state.SlotOf(product) >= 0);
        if (held.Length == 0)
            return;
        var own = state.Own[state.SlotOf(product)];
        Assert.Equal((product, held.Length), (own.Product, own.Count));
        Assert.Equal((held[0].Basket, held[^1].Basket, held.Length > 1 ? held[^2].Basket : -1), (own.FirstBasket, own.LastBasket, own.BeforeLastBasket));
        Assert.Equal((held[0].Day, held[^1].Day, Columns.Quantity[held[^1].Rows[0]]), (own.FirstDay, own.LastDay, own.LastQuantity));
        var gaps = held.Zip(held.Skip(1)).ToArray();
        Assert.Equal(1 + gaps.Reverse().TakeWhile(gap => gap.Second.Basket == gap.First.Basket + 1).Count(), own.Streak);
        Assert.Equal(gaps.Select(gap => gap.Second.Basket - gap.First.Basket).DefaultIfEmpty(0).Max(), own.LongestGap);
        Assert.Equal(gaps.Sum(gap => Math.Log(gap.Second.Day - gap.First.Day)), own.LogGapSum, 1e-3);
        Assert.Equal(held.Count(b => asOf - b.Day is >= 330 and <= 400), own.YearAgo);
        Assert.Equal(held.Count(b => IsSameWeekday(b.Day, asOf)), own.SameWeekday);
        foreach (var (decay, sum) in new[] { (0.5, own.BasketDecayFast), (0.75, own.BasketDecay), (0.92, own.BasketDecaySlow), (0.98, own.BasketDecayLong) })
            Assert.Equal(held.Sum(b => Math.Pow(decay, baskets.Length - 1 - b.Basket)), sum, 1e-4);
        foreach (var (halfLife, sum) in new[] { (14, own.DayDecayFast), (60, own.DayDecay), (240, own.DayDecaySlow) })
            Assert.Equal(held.Sum(b => Math.Pow(0.5, (double)(asOf - b.Day) / halfLife)), sum, 1e-4);
    }

    private static bool IsSameWeekday(int day, int other) => DateOnly.FromDayNumber(day).DayOfWeek == DateOnly.FromDayNumber(other).DayOfWeek;

    private static (int Day, int[] Rows)[] Baskets(int customer, int asOf) => customer < 0 ? [] : [.. Enumerable
        .Range(Columns.CustomerStart[customer], Columns.CustomerStart[customer + 1] - Columns.CustomerStart[customer])
        .Where(row => Columns.Day[row] < asOf).GroupBy(row => Columns.Day[row]).Select(day => (day.Key, day.ToArray()))];

    private static IEnumerable<OrderLine> Lines(string customer, int visits, int width, int perVisit)
    {
        var random = new SeededRandom(31, (ulong)visits);
        var day = 0;
        for (var v = 0; v < visits; v++, day += 1 + random.Next(8))
        {
            for (var i = 0; i < perVisit; i++)
            {
                // The lower half of the products is bought again and again; every other purchase has a price.
                var product = random.Next(1 + random.Next(width));
                yield return new OrderLine(customer, $"P{product:000}", SmallStore.Start.AddDays(day))
                {
                    Quantity = 1 + random.Next(4),
                    UnitPrice = random.Next(2) == 0 ? 1 + random.Next(20) : null,
                };
            }
        }
    }
}
