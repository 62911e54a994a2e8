using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.MLNet.Orders;

/// <summary>One row of a history as ML.NET reads it.</summary>
internal sealed class PurchaseRow
{
    public string CustomerId { get; set; } = "";

    public string ProductId { get; set; } = "";

    public DateTime Time { get; set; }

    public float Quantity { get; set; }

    public float UnitPrice { get; set; }

    public string Category { get; set; } = "";

    /// <summary>ML.NET reads a row before it asks for the next one, so one object serves a whole cursor.</summary>
    public static IEnumerable<PurchaseRow> Of(PurchaseColumns columns)
    {
        var row = new PurchaseRow();
        for (var customer = 0; customer < columns.Customers.Count; customer++)
        {
            row.CustomerId = columns.Customers[customer];
            for (var i = columns.CustomerStart[customer]; i < columns.CustomerStart[customer + 1]; i++)
            {
                var product = columns.Product[i];
                row.ProductId = columns.Products[product];
                row.Time = DateOnly.FromDayNumber(columns.Day[i]).ToDateTime(TimeOnly.MinValue);
                row.Quantity = columns.Quantity[i];
                row.UnitPrice = columns.HasPrices && columns.UnitPrice[i] > 0 ? columns.UnitPrice[i] : float.NaN;
                row.Category = columns.HasCategories && columns.ProductCategory[product] is var category and >= 0 ? columns.Categories[category] : "";
                yield return row;
            }
        }
    }
}
