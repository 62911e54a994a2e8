using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

/// <summary>A customer's visits against counting days by hand.</summary>
public sealed class CustomerVisitsTests
{
    // The first has more visits than a workspace has room for at first; the last has one.
    private static readonly PurchaseColumns Columns = PurchaseHistory.From([.. Lines("a", 150), .. Lines("b", 12), .. Lines("c", 1)]).Columns;

    [Fact]
    public void Visits_are_the_days_with_a_purchase_before_the_day()
    {
        var visits = new CustomerVisits();
        foreach (var customer in new[] { 0, 1, -1, 2, 0 })
        {
            foreach (var asOf in new[] { Columns.FirstDay, Columns.FirstDay + 1, Columns.FirstDay + 37, Columns.LastDay + 1 })
            {
                visits.Load(Columns, customer, asOf);
                int[] rows = customer < 0 ? [] : [.. Enumerable.Range(Columns.CustomerStart[customer], Columns.CustomerStart[customer + 1] - Columns.CustomerStart[customer]).Where(row => Columns.Day[row] < asOf)];
                int[] days = [.. rows.Select(row => Columns.Day[row]).Distinct().Order()];

                Assert.Equal(days, visits.Days.ToArray());
                Assert.Equal(
                    (asOf, days.Length, rows.Length, rows.Select(row => Columns.Product[row]).Distinct().Count()), (visits.AsOfDay, visits.Count, visits.Lines, visits.Products));
                Assert.Equal(days.Length > 1 ? days[^1] - days[^2] : 0, visits.LastGap);
                Assert.Equal(rows.Count(row => Columns.Day[row] == days[^1]), visits.LinesOfLast);
                foreach (var halfLife in new[] { 20.0, 90 })
                    Assert.Equal(days.Sum(day => Math.Pow(0.5, (asOf - day) / halfLife)), visits.Decayed(halfLife), 1e-9);
                for (var from = Columns.FirstDay - 1; from < Columns.FirstDay + 60; from++)
                {
                    Assert.Equal(days.Count(day => day >= from), visits.Since(from));
                    Assert.Equal(days.Count(day => day >= from && day < from + 9), visits.Between(from, from + 9));
                }

                for (var product = 0; product < Columns.Products.Count; product++)
                {
                    var first = Array.Find(rows, row => Columns.Product[row] == product);
                    var bought = rows.Any(row => Columns.Product[row] == product);
                    Assert.Equal(bought ? 1 : 0, visits.FirstOf(product).Count);
                    if (bought)
                        Assert.Equal((Columns.Day[first], asOf - Columns.Day[first]), (visits.FirstOf(product).Day(0), visits.FirstOf(product).Gap(0)));
                }

                if (customer < 0)
                    continue;
                var repeats = rows.Where((row, i) => rows[..i].Any(before => Columns.Product[before] == Columns.Product[row]));
                Assert.Equal((1 + repeats.Sum(Weight)) / (4 + rows.Sum(Weight)), visits.RepeatShare, 1e-9);
                var firsts = rows.DistinctBy(row => Columns.Product[row]).ToList();
                Assert.Equal(firsts.Where(row => Columns.Day[row] > days[0]).Sum(row => Math.Pow(0.5, (asOf - Columns.Day[row]) / 90.0)), visits.NewAfterFirstVisit, 1e-9);
                Assert.Equal(firsts.Sum(row => 1f + Columns.Product[row]), visits.SumOfBought([.. Enumerable.Range(1, Columns.Products.Count).Select(i => (float)i)]), 1e-4);
                if (days.Length == 0)
                    continue;
                var gaps = days.Zip(days.Skip(1), (one, next) => (next - one) / 7.0).ToArray();
                Assert.Equal((days[0], days[^1]), (visits.FirstDay, visits.LastDay));
                var record = visits.Record();
                Assert.Equal((days.Length - 1, (days[^1] - days[0]) / 7.0, (asOf - days[0]) / 7.0), (record.Repeats, record.LastAt, record.ObservedFor));
                Assert.Equal(gaps.Sum(Math.Log), record.SumLogGaps, 1e-9);

                double Weight(int row) => Math.Pow(0.5, (asOf - Columns.Day[row]) / 180.0);
            }
        }
    }

    [Fact]
    public void Of_nobody_there_is_no_first_purchase() => Assert.Equal(0, new CustomerVisits().FirstOf(0).Count);

    private static IEnumerable<OrderLine> Lines(string customer, int visits)
    {
        var random = new SeededRandom(2, (ulong)visits);
        for (int v = 0, day = 0; v < visits; v++, day += 1 + random.Next(6))
        {
            for (var i = 0; i < 1 + (v % 3); i++)
                yield return RhythmicLog.Line(customer, $"p{random.Next(9)}", day);
        }
    }
}
