using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Orders;

/// <summary>Whether two histories hold the same purchases and interactions, column by column.</summary>
internal static class SameColumns
{
    public static void Check(PurchaseColumns expected, PurchaseColumns actual)
    {
        Assert.Equal(expected.Customers.List, actual.Customers.List);
        Assert.Equal(expected.Products.List, actual.Products.List);
        Assert.Equal(expected.CustomerStart, actual.CustomerStart);
        Assert.Equal(expected.Day, actual.Day);
        Assert.Equal(expected.Product, actual.Product);
        Assert.Equal(expected.Quantity, actual.Quantity);
        Assert.Equal(expected.UnitPrice, actual.UnitPrice);
        Assert.Equal(expected.DeliveredDay, actual.DeliveredDay);
        Assert.Equal(expected.Categories.List, actual.Categories.List);
        Assert.Equal(expected.ProductCategory, actual.ProductCategory);
        Assert.Equal(expected.Groups.List, actual.Groups.List);
        Assert.Equal(expected.ProductGroup, actual.ProductGroup);
        Assert.Equal(expected.GroupIsNeed, actual.GroupIsNeed);
        Assert.Equal(expected.ConsumableBase, actual.ConsumableBase);
        Assert.Equal(expected.Consumable, actual.Consumable);
        Assert.Equal(expected.Interactions.CustomerStart, actual.Interactions.CustomerStart);
        Assert.Equal(expected.Interactions.Day, actual.Interactions.Day);
        Assert.Equal(expected.Interactions.Product, actual.Interactions.Product);
        Assert.Equal(expected.Interactions.Kind, actual.Interactions.Kind);
        Assert.Equal(expected.Interactions.Count, actual.Interactions.Count);
    }
}
