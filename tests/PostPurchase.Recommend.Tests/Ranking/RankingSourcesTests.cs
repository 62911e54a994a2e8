using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Ranking;

/// <summary>The sources of the ranking against counting by hand.</summary>
public sealed class RankingSourcesTests
{
    private static readonly PurchaseColumns Columns = SmallStore.History(customers: 25, visits: 6).Columns;
    private static readonly RankingSources Sources = RankingSources.From(
        Columns, SalesCalendar.From(Columns), new ImplicitAlsTrainer(SmallStore.FastOptions.Factorization), new TrainingRun { Threads = 1 });

    [Fact]
    public void Quickselect_finds_what_sorting_finds()
    {
        var random = new SeededRandom(3);
        for (var trial = 0; trial < 300; trial++)
        {
            // Short spans, and every tenth time one long enough to be counted into buckets first.
            var length = trial % 10 == 0 ? 2000 : 1 + random.Next(60);
            var values = Enumerable.Range(0, length).Select(_ => (random.Next(12) - 4) * MathF.Pow(10, random.Next(3))).ToArray();
            var place = random.Next(values.Length);
            var expected = values.OrderDescending().ElementAt(place);
            Assert.Equal(expected, Quickselect.Descending(values, place));
        }
    }

    [Fact]
    public void As_many_as_wanted_reach_the_bound_and_not_many_more()
    {
        var random = new SeededRandom(12);
        foreach (var (wanted, length) in new[] { (20, 40), (20, 41), (20, 1000), (1, 9), (40, 5000) })
        {
            // All below zero, and the room full of what was left in it.
            var values = Enumerable.Range(0, length).Select(_ => -1 - (float)random.NextDouble()).ToArray();
            var room = Enumerable.Repeat(9f, length).ToArray();
            var bound = Quickselect.ReachedBy(wanted, values, room);

            Assert.InRange(values.Count(value => value >= bound), wanted, 2 * wanted);
            // Each of twice as many groups as wanted holds one of the larger half, which comes last: then the bound is exact.
            float[] larger = [.. values.Order().TakeLast(2 * wanted)];
            float[] rising = [.. larger.Select(value => value - 3), .. larger];
            Assert.Equal(larger[wanted], Quickselect.ReachedBy(wanted, rising, room));
        }

        Assert.Equal(float.NegativeInfinity, Quickselect.ReachedBy(4, new float[7], new float[8]));
    }

    [Fact]
    public void A_board_holds_sums_and_maxima_of_what_was_touched_until_it_is_cleared()
    {
        var (board, random) = (new ScoreBoard(20), new SeededRandom(6));
        for (var round = 0; round < 30; round++)
        {
            Dictionary<int, float> expected = [];
            for (var i = 0; i < 15; i++)
            {
                var (product, score) = (random.Next(20), (float)random.NextDouble());
                if (random.Next(2) == 0)
                {
                    board.Add(product, score);
                    expected[product] = expected.GetValueOrDefault(product) + score;
                }
                else
                {
                    board.Raise(product, score);
                    expected[product] = Math.Max(expected.GetValueOrDefault(product), score);
                }
            }

            Assert.Equal(expected.Keys, board.Touched.ToArray());
            Assert.All(Enumerable.Range(0, 20), product => Assert.Equal(expected.GetValueOrDefault(product), board[product]));
            board.Clear();
            Assert.Equal(0, board.Count);
        }
    }

    [Fact]
    public void The_calendar_counts_the_baskets_of_every_window()
    {
        var calendar = SalesCalendar.From(Columns);
        Assert.True(calendar.HasDates);
        foreach (var (from, until) in new[] { (int.MinValue, int.MaxValue), (Columns.FirstDay + 10, Columns.FirstDay + 40), (Columns.LastDay, Columns.LastDay + 1) })
        {
            var baskets = Baskets().Where(b => b.Day >= from && b.Day < until).ToArray();
            Assert.Equal(baskets.Length, calendar.Baskets(from, until));
            for (var p = 0; p < Columns.Products.Count; p++)
            {
                Assert.Equal(baskets.Count(b => b.Products.Contains(p)), calendar.Sales(p, from, until));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(45)]
    [InlineData(380)]
    [InlineData(2000)]
    public void Popularity_as_of_a_day_is_what_counting_the_baskets_before_it_gives(int days)
    {
        var day = Columns.FirstDay + days;
        var popularity = new PopularityAsOf(SalesCalendar.From(Columns), day);
        // The latest days of a question after the log are those the log ends with.
        var known = Math.Min(day, Columns.LastDay + 1);
        var row = new float[RankingFeatures.Count];
        for (var p = 0; p < Columns.Products.Count; p++)
        {
            popularity.Fill(p, row);

            var sold = Baskets().Where(b => b.Day < day && b.Products.Contains(p)).Select(b => b.Day).ToArray();
            Assert.Equal(Share(p, int.MinValue, known), row[(int)RankingFeature.Popularity_All]);
            Assert.Equal(Share(p, known - 7, known), row[(int)RankingFeature.Popularity_Week]);
            Assert.Equal(Share(p, known - 30, known), row[(int)RankingFeature.Popularity_Month]);
            Assert.Equal(Share(p, known - 91, known), row[(int)RankingFeature.Popularity_Quarter]);
            Assert.Equal(Share(p, known - 365, known), row[(int)RankingFeature.Popularity_Year]);
            Assert.Equal(Share(p, day - 372, day - 344), row[(int)RankingFeature.Popularity_Season]);
            Assert.Equal(sold.Length == 0 ? float.NaN : known - sold.Max(), row[(int)RankingFeature.Popularity_DaysSinceSale]);
            Assert.Equal(sold.Length == 0 ? float.NaN : day - sold.Min(), row[(int)RankingFeature.Popularity_AgeDays]);
            Assert.Equal(
                sold.Length == 0 ? float.NaN : (known - sold.Max()) * (sold.Count(d => d >= known - 91) + 1f) / 91, row[(int)RankingFeature.Popularity_Silence]);
        }

        static float Share(int product, int from, int until)
        {
            var baskets = Baskets().Where(b => b.Day >= from && b.Day < until).ToArray();
            return baskets.Length == 0 ? float.NaN : (float)baskets.Count(b => b.Products.Contains(product)) / baskets.Length;
        }
    }

    [Fact]
    public void Days_that_only_count_baskets_are_no_dates()
    {
        var counted = PurchaseHistory.From(Enumerable.Range(0, 20).SelectMany(c => Enumerable.Range(0, 2 + (c % 4))
            .Select(v => new OrderLine($"C{c}", $"P{v}", SmallStore.Start.AddDays(v)))));
        Assert.False(SalesCalendar.From(counted.Columns).HasDates);
    }

    [Fact]
    public void A_state_sums_up_the_baskets_before_the_day_and_nothing_after_it()
    {
        var state = new CustomerState(Columns.Products.Count);
        for (var c = 0; c < Columns.Customers.Count; c++)
        {
            var asOf = Columns.FirstDay + 30;
            state.Load(Columns, c, asOf);
            var baskets = Baskets().Where(b => b.Customer == c && b.Day < asOf).ToArray();
            Assert.Equal(baskets.Length, state.Baskets);
            Assert.Equal(baskets.SelectMany(b => b.Products).Distinct().Count(), state.OwnCount);
            for (var p = 0; p < Columns.Products.Count; p++)
            {
                var held = baskets.Select((b, i) => (b, i)).Where(x => x.b.Products.Contains(p)).ToArray();
                var slot = state.SlotOf(p);
                Assert.Equal(held.Length > 0, slot >= 0);
                if (slot < 0)
                    continue;
                var own = state.Own[slot];
                Assert.Equal((held.Length, held[0].i, held[^1].i, held[^1].b.Day), (own.Count, own.FirstBasket, own.LastBasket, own.LastDay));
                Assert.Equal(held.Sum(x => Math.Pow(CustomerState.SlowBasketDecay, baskets.Length - 1 - x.i)), own.BasketDecaySlow, 1e-5);
                Assert.Equal(held.Sum(x => Math.Pow(CustomerState.LongBasketDecay, baskets.Length - 1 - x.i)), own.BasketDecayLong, 1e-5);
                Assert.Equal(held.Count(x => DateOnly.FromDayNumber(x.b.Day).DayOfWeek == DateOnly.FromDayNumber(asOf).DayOfWeek), own.SameWeekday);
            }

            Assert.Equal(baskets.Count(b => DateOnly.FromDayNumber(b.Day).DayOfWeek == DateOnly.FromDayNumber(asOf).DayOfWeek), state.SameWeekdayBaskets);
            Assert.Equal(baskets.Select((_, i) => Math.Pow(CustomerState.LongBasketDecay, i)).Sum(), state.LongDecaySum, 1e-4);
        }
    }

    [Fact]
    public void What_follows_a_product_is_what_the_next_baskets_hold_more_often_than_others()
    {
        var (knife, stone) = (Columns.Products.Find("KNIFE"), Columns.Products.Find("STONE"));
        var board = new ScoreBoard(Columns.Products.Count);
        Sources.Transitions.Add(knife, 1, board);

        var baskets = Baskets().ToArray();
        var share = (double)baskets.Count(b => b.Products.Contains(stone)) / baskets.Length;
        var next = baskets.Zip(baskets.Skip(1)).Where(x => x.First.Customer == x.Second.Customer && x.First.Products.Contains(knife)).ToArray();
        var followed = next.Count(x => x.Second.Products.Contains(stone));
        Assert.Equal(((followed + (20 * share)) / (next.Length + 20)) - share, board[stone], 1e-5);
        Assert.Equal(stone, board.Touched.ToArray().MaxBy(p => board[p]));
        Assert.Equal(0, board[knife]);
    }

    [Fact]
    public void What_speaks_most_for_a_product_is_the_own_product_it_follows_most()
    {
        var places = new int[Columns.Products.Count];
        // More products than are looked for at once.
        int[] all = [.. Enumerable.Range(0, Columns.Products.Count).Reverse()];
        var anchors = new int[all.Length];
        var state = new CustomerState(Columns.Products.Count);
        foreach (var customer in new[] { 0, 7, 24 })
        {
            state.Load(Columns, customer, int.MaxValue);
            Sources.Transitions.StrongestSources(state, all, anchors, places);

            for (var i = 0; i < all.Length; i++)
            {
                var weights = state.Own.ToArray().Select(own => (own.Product, Weight: WeightOf(own, all[i]))).Where(w => w.Weight > 0);
                Assert.Equal(weights.OrderByDescending(w => w.Weight).ThenBy(w => w.Product).Select(w => w.Product).DefaultIfEmpty(-1).First(), anchors[i]);
            }

            Assert.All(places, place => Assert.Equal(0, place));
        }

        static float WeightOf(OwnProduct own, int product)
        {
            var board = new ScoreBoard(Columns.Products.Count);
            Sources.Transitions.Add(own.Product, own.BasketDecay, board);
            return board[product];
        }
    }

    [Fact]
    public void The_nearest_customers_are_those_with_the_same_favourites()
    {
        // Customers 0 and 20 share a favourite but for chance purchases: with 40 products nobody shares all three.
        var scratch = Sources.NewScratch();
        scratch.State.Load(Columns, 0, int.MaxValue);
        Sources.Neighbours.Score(scratch.State, 0, scratch);

        Assert.All(Enumerable.Range(0, Columns.Products.Count), p => Assert.InRange(scratch.Neighbours.Near(p), 0, 1.0001));
        // "BAG" is in every basket of everybody.
        Assert.Equal(1, scratch.Neighbours.Near(Columns.Products.Find("BAG")), 1e-4);
    }

    [Fact]
    public void A_customer_is_no_neighbour_of_its_own()
    {
        var lonely = PurchaseHistory.From(
        [
            new OrderLine("A", "ONLY", SmallStore.Start), new OrderLine("A", "BAG", SmallStore.Start),
            new OrderLine("B", "BAG", SmallStore.Start.AddDays(1)), new OrderLine("B", "CUP", SmallStore.Start.AddDays(2)),
            new OrderLine("C", "CUP", SmallStore.Start.AddDays(1)),
        ]).Columns;
        var sources = RankingSources.From(lonely, SalesCalendar.From(lonely), new ImplicitAlsTrainer(SmallStore.FastOptions.Factorization), new TrainingRun { Threads = 1 });
        var scratch = sources.NewScratch();
        scratch.State.Load(lonely, 0, int.MaxValue);
        sources.Neighbours.Score(scratch.State, 0, scratch);

        Assert.Equal(0, scratch.Neighbours.Near(lonely.Products.Find("ONLY")));
        Assert.True(scratch.Neighbours.Near(lonely.Products.Find("CUP")) > 0);
    }

    private static IEnumerable<(int Customer, int Day, HashSet<int> Products)> Baskets()
    {
        for (var c = 0; c < Columns.Customers.Count; c++)
        {
            foreach (var day in Enumerable.Range(Columns.CustomerStart[c], Columns.CustomerStart[c + 1] - Columns.CustomerStart[c]).GroupBy(r => Columns.Day[r]))
                yield return (c, day.Key, day.Select(r => Columns.Product[r]).ToHashSet());
        }
    }

    [Fact]
    public void The_hazard_of_an_own_product_is_the_gap_curve_of_the_replenishment_model()
    {
        var columns = Columns;
        var pairs = PurchasePairs.From(columns);
        var asOf = columns.LastDay + 1;
        var priors = GapPriorsEstimator.Estimate(columns, pairs, asOf, new ReplenishmentOptions());
        var gaps = new OwnGaps(priors);
        var state = new CustomerState(columns.Products.Count);
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            state.Load(columns, Array.FindLastIndex(pairs.CustomerStart, start => start <= pair), asOf);
            var own = state.Own[state.SlotOf(pairs.Product[pair])];

            // Where one was bought at a time, quantities say nothing.
            if (pairs.Row[pairs.RowStart[pair]..pairs.RowStart[pair + 1]].Any(row => columns.Quantity[row] != 1))
                continue;
            var purchases = new PairPurchases(columns, pairs, pair, asOf);
            var sum = Enumerable.Range(0, purchases.Count - 1).Sum(i => purchases.LogGap(i, 0, 0));
            var expected = PairGap.Of(purchases.Count - 1, sum, purchases.Gap(purchases.Count - 1), priors.Of(own.Product), priors).Curve;
            var actual = gaps.Curve(own, asOf - own.LastDay);

            Assert.Equal(expected.Within(7), actual.Within(7), 1e-5);
            Assert.Equal(expected.Ever, actual.Ever, 1e-5);
        }
    }
}
