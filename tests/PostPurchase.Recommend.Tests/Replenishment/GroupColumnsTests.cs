using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class GroupColumnsTests
{
    [Fact]
    public void What_serves_one_need_is_one_product_bought_once_a_day()
    {
        var columns = Read(
            [
                Line("a", "heads B", 0) with { Quantity = 2, DeliveredAt = Day(6) },
                Line("a", "heads A", 0) with { DeliveredAt = Day(4) },
                Line("a", "heads C", 0),
                Line("a", "brush", 0) with { DeliveredAt = Day(2) },
                Line("a", "heads A", 9),
                Line("b", "heads", 3) with { DeliveredAt = Day(5) },
            ],
            [Product("heads A", "heads"), Product("heads B", "heads"), Product("heads C", "heads"), Product("brush", null) with { ConsumableIds = ["heads A", "heads C"] }]);
        var byGroup = GroupColumns.Of(columns);
        // A product may bear the name of a group and yet be none of it.
        Assert.Equal(["group heads", "product brush", "product heads"], byGroup.Products.List);
        Assert.Equal([0, 3, 4], byGroup.CustomerStart);
        Assert.Equal([0, 1, 0, 2], byGroup.Product);
        Assert.Equal([0, 0, 9, 3], byGroup.Day.Select(day => day - columns.FirstDay));
        Assert.Equal([4f, 1f, 1f, 1f], byGroup.Quantity);
        Assert.Equal([4, 2, 0, 5], byGroup.DeliveredDay.Select(day => day == 0 ? 0 : day - columns.FirstDay));
        Assert.Equal([(1, 0)], byGroup.ConsumableBase.Zip(byGroup.Consumable));
        Assert.Same(columns.Customers, byGroup.Customers);
    }

    [Fact]
    public void Groups_of_the_catalogue_go_before_categories_and_lie_in_them()
    {
        OrderLine[] lines = [Line("a", "heads A", 0) with { Category = "care" }, Line("a", "heads B", 1), Line("a", "tea", 2) with { Category = "drinks" }];
        var grouped = Read(lines, [Product("heads A", "heads"), Product("heads B", "heads"), Product("tea", "")]);
        Assert.Equal(["drinks", "heads"], grouped.Families.List);
        Assert.Equal([1, 1, 0], grouped.ProductFamily);
        Assert.Equal([1, 1, -1, -1], new[] { 0, 1, 2, -1 }.Select(grouped.NeedOf));
        var byGroup = GroupColumns.Of(grouped);
        Assert.Equal(["care", "drinks"], byGroup.Categories.List);
        Assert.Equal([1, 0], byGroup.ProductCategory);

        // A category that bears the name of a group is that group.
        var same = Read([.. lines, Line("a", "juice", 3) with { Category = "drinks" }], [Product("tea", "drinks")]);
        Assert.Equal(["care", "drinks"], same.Families.List);
        Assert.Equal([0, -1, 1, 1], same.ProductFamily);
        Assert.Equal([-1, -1, 1, 1], Enumerable.Range(0, 4).Select(same.NeedOf));

        var categories = Read(lines, []);
        Assert.Equal(["care", "drinks"], categories.Families.List);
        Assert.Equal(["group care", "group drinks", "product heads B"], GroupColumns.Of(categories).Products.List);
        Assert.False(GroupColumns.Of(categories).HasCategories);
        Assert.False(Read([.. lines.Select(line => line with { Category = null })], []).HasFamilies);
    }

    private static PurchaseColumns Read(OrderLine[] lines, CatalogProduct[] products) =>
        PurchaseHistory.From(lines, new IngestOptions { Catalog = new ProductCatalog(products) }).Columns;

    private static CatalogProduct Product(string id, string? group) => new(id, null) { ReplenishmentGroup = group };

    private static OrderLine Line(string customer, string product, int day) => RhythmicLog.Line(customer, product, day);

    private static DateTime Day(int day) => RhythmicLog.FirstDay.AddDays(day).ToDateTime(TimeOnly.MinValue);
}
