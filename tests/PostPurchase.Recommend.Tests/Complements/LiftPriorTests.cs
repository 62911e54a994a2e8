using PostPurchase.Recommend.Complements;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Tests.Oracles;
using PostPurchase.Samples;

namespace PostPurchase.Recommend.Tests.Complements;

public sealed class LiftPriorTests
{
    private static readonly TrainingRun Run = new();

    [Fact]
    public void What_stands_out_among_thousands_is_what_luck_makes_and_no_more()
    {
        // A hundred thousand pairs follow by chance, a hundred twenty times as often; chance expects one in two.
        var pairs = Draw(100_000, 100, lift: 20, expected: 0.5);
        var prior = LiftPrior.Fit([.. pairs.CountBy(pair => pair.Count).Select(cell => new PairCount(cell.Key, 0.5, cell.Value))], Run);

        // Lifts by counts are what those pairs' true lifts are in the mean; the counts alone are 1.5 to 8 times as many for 1 to 4.
        foreach (var counted in pairs.GroupBy(pair => Math.Min(pair.Count, 8)).Where(group => group.Count() >= 20))
        {
            var truth = counted.Average(pair => pair.Lift);
            Assert.Equal(1, counted.Average(pair => prior.Lift(pair.Count, 0.5)) / truth, counted.Key is > 2 and < 8 ? 0.5 : 0.25);
        }

        Assert.InRange(prior.Lift(4, 0.5), 0.9, 1.6);
        Assert.InRange(prior.Lift(10, 0.5), 15, 22);
    }

    [Fact]
    public void Many_counts_speak_for_themselves_whatever_the_others_are()
    {
        var prior = LiftPrior.Fit([new PairCount(1, 0.5, 1000), new PairCount(0, 0.5, 1000)], Run);

        foreach (var lift in new[] { 0.4, 2.3, 17.2, 140 })
            Assert.Equal(1, prior.Lift((int)(400 * lift), 400) / lift, 0.04);
        Assert.Equal(1, prior.Lift(0, 1e-3), 0.4);
    }

    [Fact]
    public void Lifts_never_fall_as_counts_rise()
    {
        var prior = LiftPrior.Fit([.. Draw(2_000, 50, 8, 0.7).CountBy(pair => pair.Count).Select(cell => new PairCount(cell.Key, 0.7, cell.Value))], Run);

        foreach (var expected in new[] { 0.01, 0.7, 5, 90 })
        {
            for (var count = 1; count < 60; count++)
                Assert.True(prior.Lift(count, expected) >= prior.Lift(count - 1, expected));
        }
    }

    [Fact]
    public void Lifts_are_those_of_the_definition()
    {
        var pairs = Draw(300, 30, 5, 1.2).Select((pair, i) => (pair.Count, Expected: 0.05 * (1 + (i % 70)))).ToList();
        var prior = LiftPrior.Fit([.. pairs.Select(pair => new PairCount(pair.Count, Math.Exp((Math.Floor(Math.Log(pair.Expected) * 10) + 0.5) / 10), 1))], Run);
        var naive = new NaiveLifts(pairs);

        foreach (var (count, expected) in pairs)
            Assert.Equal(naive.Of(count, expected), prior.Lift(count, expected), 1e-6);
    }

    [Theory]
    [InlineData(3_000, 3UL, 400)]
    [InlineData(1_500, 5UL, 500)]
    public void As_many_complements_are_promised_as_are_bought(int customers, ulong seed, int days)
    {
        var all = PurchaseHistory.From(SimulatedStore.Create(new() { Customers = customers, Seed = seed }).Lines).Columns;

        Assert.InRange(PromisedOverBought(all, all.FirstDay + days, 90), 0.7, 1.3);
    }

    // 3.2 times as many were promised when those that thousands of pairs had made look best were taken at their counts.
    [RealDataFact("online-retail-ii/orders.csv.gz")]
    public void A_real_log_promises_no_multiple_of_what_is_bought()
    {
        var all = PurchaseHistory.FromCsv(Path.Combine(Repository.Data, "online-retail-ii/orders.csv.gz")).Columns;

        Assert.InRange(PromisedOverBought(all, all.FirstDay + 500, 45), 0.7, 1.7);
    }

    // Of anchors first bought within some days of the day, what is bought within 90 days after them.
    private static double PromisedOverBought(PurchaseColumns all, int asOf, int anchorDays)
    {
        var before = HistorySplit.Before(all, asOf);
        var model = new ComplementTrainer(new ComplementOptions()).Train(before, Run);
        var sequences = FirstPurchaseSequences.From(all);
        var (promised, bought) = (0.0, 0);
        for (var customer = 0; customer < all.Customers.Count; customer++)
        {
            var day = Enumerable.Range(sequences.CustomerStart[customer], sequences.CustomerStart[customer + 1] - sequences.CustomerStart[customer])
                .ToDictionary(place => sequences.Product[place], place => sequences.Day[place]);
            foreach (var (anchor, first) in day.Where(first => first.Value >= asOf && first.Value < asOf + anchorDays && first.Value + 90 <= all.LastDay))
            {
                foreach (var complement in model.Of(anchor))
                {
                    if (day.TryGetValue(complement.Product, out var then) && then <= first)
                        continue;
                    promised += complement.Probability;
                    bought += then > first && then <= first + 90 ? 1 : 0;
                }
            }
        }

        Assert.True(bought > 20, $"{bought} complements");
        return promised / bought;
    }

    private static List<(int Count, double Lift)> Draw(int byChance, int lifted, double lift, double expected)
    {
        var random = new SeededRandom(4);
        return [.. Enumerable.Range(0, byChance + lifted).Select(i => i < byChance ? 1 : lift).Select(l => (Poisson(l * expected, random), l))];
    }

    private static int Poisson(double mean, SeededRandom random)
    {
        var count = 0;
        for (var time = -Math.Log(1 - random.NextDouble()); time < mean; time -= Math.Log(1 - random.NextDouble()))
            count++;
        return count;
    }
}
