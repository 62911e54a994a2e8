namespace PostPurchase.Recommend.Orders;

/// <summary>Where the columns of the log are, found by name, upper and lower case alike; -1 for one that is not there.</summary>
internal sealed class OrderColumns
{
    private static readonly string[] CustomerNames = ["customer_id", "user_id"];
    private static readonly string[] ProductNames = ["product_id", "item_id"];
    private static readonly string[] TimestampNames = ["timestamp", "date"];
    private static readonly string[] OrderNames = ["order_id", "invoice_no"];

    public OrderColumns(IReadOnlyList<string> header, IngestOptions options, string source, long lineNumber)
    {
        var names = header.Select(n => n.Trim()).ToArray();
        Customer = Find(names, CustomerNames, source, lineNumber);
        Product = Find(names, ProductNames, source, lineNumber);
        Timestamp = Find(names, TimestampNames, source, lineNumber);
        Quantity = Find(names, ["quantity"], source, lineNumber);
        PackSize = Find(names, ["pack_size"], source, lineNumber);
        UnitPrice = Find(names, ["unit_price"], source, lineNumber);
        Order = Find(names, OrderNames, source, lineNumber);
        Delivered = Find(names, ["delivered_at"], source, lineNumber);
        Category = Find(names, ["category"], source, lineNumber);
        EventType = Find(names, ["event_type"], source, lineNumber);
        Last = new[] { Customer, Product, Timestamp, Quantity, PackSize, UnitPrice, Order, Delivered, Category, EventType }.Max();
        var missing = new List<string>();
        if (Customer < 0)
            missing.Add(CustomerNames[0]);
        if (Product < 0 && options.ProductRequired)
            missing.Add(ProductNames[0]);
        if (Timestamp < 0 && options.TimestampRequired)
            missing.Add(TimestampNames[0]);
        if (missing.Count > 0)
        {
            var found = string.Join(", ", names.Take(20).Select(n => $"'{(n.Length > 40 ? n[..40] + "..." : n)}'"));
            throw new MalformedInputException(
                source, lineNumber, $"column{(missing.Count > 1 ? "s" : "")} {string.Join(" and ", missing.Select(m => $"'{m}'"))} missing; found {found}");
        }
    }

    public int Customer { get; }

    public int Product { get; }

    public int Timestamp { get; }

    public int Quantity { get; }

    public int PackSize { get; }

    public int UnitPrice { get; }

    public int Order { get; }

    public int Delivered { get; }

    public int Category { get; }

    public int EventType { get; }

    /// <summary>The last column that is needed.</summary>
    public int Last { get; }

    private static int Find(string[] header, string[] names, string source, long lineNumber)
    {
        foreach (var name in names)
        {
            var found = Array.FindIndex(header, h => h.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (found < 0)
                continue;
            if (Array.FindIndex(header, found + 1, h => h.Equals(name, StringComparison.OrdinalIgnoreCase)) >= 0)
                throw new MalformedInputException(source, lineNumber, $"column '{name}' appears twice");
            return found;
        }

        return -1;
    }
}
