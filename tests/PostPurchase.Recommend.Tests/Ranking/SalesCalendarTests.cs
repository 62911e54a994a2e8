using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

public sealed class SalesCalendarTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(250)]
    public void Sales_before_any_day_are_those_that_counting_gives(int sales)
    {
        var random = new SeededRandom(5, (ulong)sales);
        var start = new DateTime(2025, 1, 1);
        // One customer for each sale, so that a day can hold several; a second product comes and goes beside it.
        var lines = Enumerable.Range(0, sales).Select(i => new OrderLine($"C{i}", "A", start.AddDays(random.Next(60)))).ToList();
        lines.Add(new OrderLine("C0", "B", start.AddDays(30)));
        var columns = PurchaseHistory.From(lines).Columns;
        var calendar = SalesCalendar.From(columns, hasDates: true);
        var days = lines.Where(l => l.ProductId == "A").Select(l => DayOf(l.PlacedAt)).ToArray();
        int[] asked = [int.MinValue, int.MaxValue, .. Enumerable.Range(DayOf(start) - 2, 70)];
        var before = new int[asked.Length];

        calendar.Before(columns.Products.Find("A"), asked, before);

        Assert.Equal(asked.Select(day => days.Count(d => d < day)), before);
        Assert.Equal(before, asked.Select(day => calendar.Before(columns.Products.Find("A"), day)));
        Assert.Equal([0, 1, 0, 1], new[] { DayOf(start) + 30, DayOf(start) + 31, DayOf(start), int.MaxValue }.Select(day => calendar.Before(columns.Products.Find("B"), day)));
    }

    private static int DayOf(DateTime time) => DateOnly.FromDateTime(time).DayNumber;
}
