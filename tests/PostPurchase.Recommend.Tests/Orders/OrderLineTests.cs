using System.Text.Json;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Orders;

public sealed class OrderLineTests
{
    private static readonly DateTime Day1 = new(2024, 3, 1);

    public static TheoryData<double> Quantities =>
        [0, 1, -1, 0.1, 3, 1.0000000000000002, double.Epsilon, 1e9, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    [Fact]
    public void A_line_however_made_is_one_unit_bought_unless_it_says_otherwise()
    {
        var made = new OrderLine("ann", "soap", Day1);
        var initialised = new OrderLine { CustomerId = "ann", ProductId = "soap", PlacedAt = Day1 };
        var mapped = default(OrderLine) with { CustomerId = "ann", ProductId = "soap", PlacedAt = Day1 };
        var deserialized = JsonSerializer.Deserialize<OrderLine>("""{ "CustomerId": "ann", "ProductId": "soap", "PlacedAt": "2024-03-01" }""");
        Assert.All([initialised, mapped, deserialized], line => Assert.Equal(made, line));
        Assert.Equal((1, null, null, InteractionKind.Purchase), (initialised.Quantity, initialised.PackSize, initialised.UnitPrice, initialised.Kind));

        var history = PurchaseHistory.From([initialised]);
        Assert.Equal(1f, Assert.Single(history.Columns.Quantity));
        Assert.Equal(0, history.Report.Rejected);
    }

    [Theory]
    [MemberData(nameof(Quantities))]
    public void A_quantity_is_kept_as_it_is_and_equal_quantities_make_equal_lines(double quantity)
    {
        var line = new OrderLine("ann", "soap", Day1) { Quantity = quantity };
        Assert.Equal(quantity, line.Quantity);
        var same = new OrderLine { CustomerId = "ann", ProductId = "soap", PlacedAt = Day1 } with { Quantity = quantity };
        Assert.Equal(line, same);
        Assert.Equal(line.GetHashCode(), same.GetHashCode());
        foreach (double other in Quantities)
            Assert.Equal(quantity.Equals(other), line.Equals(line with { Quantity = other }));
    }
}
