using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

public sealed class SalesCalendarTests
{
    private static readonly DateTime _start = new(2025, 1, 1);

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
        // One customer for each sale, so that a day can hold several; a second product comes and goes beside it.
        var lines = Enumerable.Range(0, sales).Select(i => new OrderLine($"C{i}", "A", _start.AddDays(random.Next(60)))).ToList();
        lines.Add(new OrderLine("C0", "B", _start.AddDays(30)));
        var columns = PurchaseHistory.From(lines).Columns;
        var calendar = SalesCalendar.From(columns, hasDates: true);
        var days = lines.Where(l => l.ProductId == "A").Select(l => DayOf(l.PlacedAt)).ToArray();
        int[] asked = [int.MinValue, int.MaxValue, .. Enumerable.Range(DayOf(_start) - 2, 70)];
        var before = new int[asked.Length];

        calendar.Before(columns.Products.Find("A"), asked, before);

        Assert.Equal(asked.Select(day => days.Count(d => d < day)), before);
        Assert.Equal(before, asked.Select(day => calendar.Before(columns.Products.Find("A"), day)));
        Assert.Equal([0, 1, 0, 1], new[] { DayOf(_start) + 30, DayOf(_start) + 31, DayOf(_start), int.MaxValue }.Select(day => calendar.Before(columns.Products.Find("B"), day)));
    }

    [Fact]
    public void What_was_only_looked_at_was_never_sold()
    {
        OrderLine[] lines = [new("a", "sold", _start), new("b", "sold", _start.AddDays(3)), new("c", "seen", _start.AddDays(2)) { Kind = InteractionKind.View }];
        var columns = PurchaseHistory.From(lines).Columns;
        int[] before = [7, 7, 7];
        SalesCalendar.From(columns).Before(columns.Products.Find("seen"), [int.MinValue, DayOf(_start) + 2, int.MaxValue], before);
        Assert.Equal([0, 0, 0], before);
    }

    [Fact]
    public void A_share_is_that_of_the_baskets_between_two_days()
    {
        // Two baskets on the first day, none on the second, and one on the third.
        OrderLine[] lines = [new("a", "x", _start), new("b", "y", _start), new("b", "x", _start), new("b", "y", _start.AddDays(2))];
        var columns = PurchaseHistory.From(lines).Columns;
        var (calendar, x, day) = (SalesCalendar.From(columns), columns.Products.Find("x"), DayOf(_start));
        Assert.Equal((1f, 2 / 3f, 0f), (calendar.Share(x, day, day + 1), calendar.Share(x, day, day + 3), calendar.Share(x, day + 1, day + 3)));
        Assert.Equal(float.NaN, calendar.Share(x, day + 1, day + 2));
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(8, true)]
    public void Where_nine_in_ten_start_on_one_day_days_are_no_dates_whoever_has_only_looked(int onFirstDay, bool hasDates)
    {
        var lines = Enumerable.Range(0, 10).Select(c => new OrderLine($"C{c}", "x", _start.AddDays(c < onFirstDay ? 0 : 3)))
            .Concat(Enumerable.Range(0, 9).Select(v => new OrderLine($"V{v}", "x", _start) { Kind = InteractionKind.View }));
        Assert.Equal(hasDates, SalesCalendar.From(PurchaseHistory.From(lines).Columns).HasDates);
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(8, true)]
    public void Customers_who_are_all_there_on_the_first_day_but_not_on_every_other_have_dates(int onNextDays, bool hasDates)
    {
        // Ten returns, the last of them after a weekend.
        var lines = Enumerable.Range(0, 11).Select(i => new OrderLine("a", "x", _start.AddDays(i < onNextDays + 1 ? i : i + 2 + i)));
        Assert.Equal(hasDates, SalesCalendar.From(PurchaseHistory.From(lines).Columns).HasDates);
    }

    [Fact]
    public void A_product_is_sold_before_a_day_when_any_basket_before_it_held_it()
    {
        OrderLine[] lines = [new("a", "old", _start), new("b", "new", _start.AddDays(3)), new("c", "seen", _start) { Kind = InteractionKind.View }];
        var columns = PurchaseHistory.From(lines).Columns;
        var (dated, undated, day) = (SalesCalendar.From(columns), SalesCalendar.From(columns, hasDates: false), DayOf(_start) + 3);
        Assert.Equal([true, false, false], Sold(dated, day));
        Assert.Equal([true, true, false], Sold(dated, day + 1));
        Assert.Equal([true, true, false], Sold(undated, day));

        bool[] Sold(SalesCalendar calendar, int asked) => [.. ((string[])["old", "new", "seen"]).Select(id => calendar.IsSoldBefore(columns.Products.Find(id), asked))];
    }

    [Fact]
    public void A_log_without_purchases_has_no_baskets() => Assert.Equal(0, SalesCalendar.From(PurchaseHistory.From([]).Columns, hasDates: true).Baskets(int.MinValue, int.MaxValue));

    private static int DayOf(DateTime time) => DateOnly.FromDateTime(time).DayNumber;
}
