using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Orders;

public sealed class HistorySplitTests
{
    [Fact]
    public void A_split_equals_the_history_of_the_lines_before_the_cut()
    {
        var lines = RandomLines.Draw(11, 400).Where(l => l.Quantity > 0).ToList();
        lines.AddRange(lines.Take(60).Select(l => l with { Kind = InteractionKind.View }).ToList());
        var all = PurchaseHistory.From(lines).Columns;
        var cut = new DateOnly(2024, 1, 9);
        var split = HistorySplit.Before(all, cut.DayNumber);
        var direct = PurchaseHistory.From(lines, new IngestOptions { Until = cut }).Columns;
        Assert.Equal(PurchaseHistoryTests.Rows(direct), PurchaseHistoryTests.Rows(split));
        Assert.Equal(direct.Interactions.Day, split.Interactions.Day);
        Assert.Equal(direct.Interactions.Count, split.Interactions.Count);
        Assert.Equal(all.Customers.Count + 1, split.CustomerStart.Length);
        Assert.True(split.LastDay < cut.DayNumber);
    }

    [Fact]
    public void Each_customer_may_have_a_cut_of_its_own()
    {
        var all = PurchaseHistory.From(RandomLines.Draw(12, 300).Where(l => l.Quantity > 0)).Columns;
        var cuts = Enumerable.Range(0, all.Customers.Count).Select(c => all.FirstDay + (3 * c)).ToArray();
        var split = HistorySplit.Before(all, cuts);
        for (var c = 0; c < cuts.Length; c++)
        {
            var expected = Enumerable.Range(all.CustomerStart[c], all.CustomerStart[c + 1] - all.CustomerStart[c]).Where(r => all.Day[r] < cuts[c]);
            var actual = Enumerable.Range(split.CustomerStart[c], split.CustomerStart[c + 1] - split.CustomerStart[c]);
            Assert.Equal(expected.Select(r => (all.Day[r], all.Product[r])), actual.Select(r => (split.Day[r], split.Product[r])));
            Assert.Equal(all.CustomerStart[c] + expected.Count(), all.EndBefore(c, cuts[c]));
        }
    }

    [Fact]
    public void Pairs_hold_every_row_once_by_product_and_day()
    {
        var columns = PurchaseHistory.From(RandomLines.Draw(13, 300).Where(l => l.Quantity > 0)).Columns;
        var pairs = PurchasePairs.From(columns);
        Assert.Equal(Enumerable.Range(0, columns.Rows), pairs.Row.Order());
        for (var c = 0; c < columns.Customers.Count; c++)
        {
            for (var p = 0; p < columns.Products.Count; p++)
            {
                var expected = Enumerable.Range(columns.CustomerStart[c], columns.CustomerStart[c + 1] - columns.CustomerStart[c])
                    .Where(r => columns.Product[r] == p).ToArray();
                var pair = pairs.Find(c, p);
                Assert.Equal(expected.Length == 0, pair < 0);
                if (pair >= 0)
                    Assert.Equal(expected, pairs.Row[pairs.RowStart[pair]..pairs.RowStart[pair + 1]]);
            }
        }
    }
}
