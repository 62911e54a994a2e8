using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Orders;

public sealed class HistoryAsOfTests
{
    private static readonly DateOnly Start = new(2024, 1, 1);

    // Products 0 to 4 wear one another out; some are in a group of their own, some in one that bears a category's name.
    private static readonly ProductCatalog Catalog = new(Enumerable.Range(0, 9).Select(p => new CatalogProduct($"p{p}", p < 5 ? $"k{p % 3}" : null)
    {
        ReplenishmentGroup = p switch { 2 or 7 => "need", 8 => "k1", _ => null },
        ConsumableIds = [$"p{(p + 4) % 9}"],
    }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Histories_before_each_customers_day_are_those_of_reading_only_the_lines_before(bool withCatalog)
    {
        var options = new IngestOptions { Catalog = withCatalog ? Catalog : null };
        for (var seed = 1UL; seed <= 60; seed++)
        {
            var random = new SeededRandom(seed);
            var (lines, cut) = (Lines(random), Cuts(random));
            var all = PurchaseHistory.From(lines, options);
            var expected = PurchaseHistory.From(lines.Where(line => DateOnly.FromDateTime(line.PlacedAt) < cut[line.CustomerId]), options);
            var actual = HistoryAsOf.Before(all, cut);
            SameColumns.Check(expected.Columns, actual.Columns);
            // And again what is left, which has to hold all that the first did.
            SameColumns.Check(expected.Columns, HistoryAsOf.Before(actual, cut).Columns);
            var earlier = cut.ToDictionary(customer => customer.Key, customer => customer.Value.AddDays(-3));
            SameColumns.Check(HistoryAsOf.Before(all, earlier).Columns, HistoryAsOf.Before(actual, earlier).Columns);
        }
    }

    [Fact]
    public void A_customer_without_a_day_keeps_all_and_a_return_on_the_day_takes_nothing_back()
    {
        OrderLine Line(string customer, int day, double quantity) => new(customer, "p", Start.AddDays(day).ToDateTime(TimeOnly.MinValue)) { Quantity = quantity };
        var history = PurchaseHistory.From([Line("a", 0, 2), Line("a", 3, -2), Line("b", 0, 5), Line("b", 3, -1)]);
        Assert.Equal(["b"], history.CustomerIds);
        var before = HistoryAsOf.Before(history, new Dictionary<string, DateOnly> { ["a"] = Start.AddDays(3) });
        Assert.Equal(["a", "b"], before.CustomerIds);
        Assert.Equal([2f, 4f], before.Columns.Quantity);
        Assert.Equal(["b"], HistoryAsOf.Before(history, new Dictionary<string, DateOnly> { ["a"] = Start.AddDays(4) }).CustomerIds);
    }

    [Fact]
    public void As_sold_is_what_the_end_of_every_day_left()
    {
        OrderLine Line(int day, double quantity) => new("a", "p", Start.AddDays(day).ToDateTime(TimeOnly.MinValue)) { Quantity = quantity, UnitPrice = 2 };
        var sold = HistoryAsOf.AsSold(PurchaseHistory.From([Line(0, 5), Line(0, -2), Line(1, 1), Line(2, -1), Line(3, -1)])).Columns;
        Assert.Equal([3f, 1f], sold.Quantity);
        Assert.Equal([2f, 2f], sold.UnitPrice);
    }

    private static List<OrderLine> Lines(SeededRandom random) =>
        [.. Enumerable.Range(0, 5 + random.Next(40)).Select(_ => Line(random, random.Next(9)))];

    private static OrderLine Line(SeededRandom random, int product) =>
        new($"c{random.Next(5)}", $"p{product}", Start.AddDays(random.Next(12)).ToDateTime(TimeOnly.MinValue))
        {
            Quantity = random.Next(4) == 0 ? -1 - random.Next(4) : 1 + random.Next(3),
            UnitPrice = random.Next(9) == 0 ? 2 : null,
            DeliveredAt = random.Next(9) == 0 ? Start.AddDays(20).ToDateTime(TimeOnly.MinValue) : null,
            Category = product % 4 == 0 ? $"c{product % 3}" : null,
            Kind = random.Next(5) == 0 ? InteractionKind.View : InteractionKind.Purchase,
        };

    private static Dictionary<string, DateOnly> Cuts(SeededRandom random) =>
        Enumerable.Range(0, 5).ToDictionary(c => $"c{c}", _ => Start.AddDays(random.Next(14)));
}
