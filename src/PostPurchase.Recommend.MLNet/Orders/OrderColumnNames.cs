namespace PostPurchase.Recommend.MLNet.Orders;

/// <summary>The names of the columns that a purchase history is read from.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record OrderColumnNames
{
    /// <summary>The customers' ids: text.</summary>
    /// <value>The default value is <c>CustomerId</c>.</value>
    public string Customer { get; init; } = "CustomerId";

    /// <summary>The products' ids: text.</summary>
    /// <value>The default value is <c>ProductId</c>.</value>
    public string Product { get; init; } = "ProductId";

    /// <summary>When the order was placed: DateTime.</summary>
    /// <value>The default value is <c>Time</c>.</value>
    public string Time { get; init; } = "Time";

    /// <summary>Units bought, zero or less for a return: Single. <see langword="null"/> when every row is one unit.</summary>
    /// <value>The default value is <c>Quantity</c>.</value>
    public string? Quantity { get; init; } = "Quantity";

    /// <summary>How much one unit holds, from 0.000001 to 1e9, NaN for what the catalogue says, or else one: Single. <see langword="null"/> for none.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? PackSize { get; init; }

    /// <summary>The price of a unit, NaN where unknown: Single. <see langword="null"/> for no prices.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? UnitPrice { get; init; }

    /// <summary>The orders' ids: text. <see langword="null"/> for none.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? OrderId { get; init; }

    /// <summary>The products' categories: text. <see langword="null"/> for none.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? Category { get; init; }
}
