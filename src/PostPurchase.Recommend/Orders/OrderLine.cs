namespace PostPurchase.Recommend.Orders;

/// <summary>One line of an order, or one interaction such as a view, as the shop's log has it.</summary>
/// <remarks>
/// A value type, so that reading millions of lines allocates nothing but the ids. Ids are compared ordinally and are
/// case-sensitive; white space around them is removed.
/// </remarks>
public readonly record struct OrderLine
{
    private readonly double _quantity;

    /// <summary>Creates a line with a quantity of one; the other values are set with <c>with</c> or an initialiser.</summary>
    /// <param name="customerId">The customer's id; empty for a guest.</param>
    /// <param name="productId">The product's id.</param>
    /// <param name="placedAt">When the order was placed, in the shop's own time; models use its date.</param>
    public OrderLine(string customerId, string productId, DateTime placedAt)
    {
        CustomerId = customerId;
        ProductId = productId;
        PlacedAt = placedAt;
    }

    /// <summary>The customer's id; empty for a guest checkout.</summary>
    public string CustomerId { get; init; }

    /// <summary>The product's id.</summary>
    public string ProductId { get; init; }

    /// <summary>When the order was placed, in the shop's own time; models use its date.</summary>
    public DateTime PlacedAt { get; init; }

    /// <summary>Units bought. Zero or less marks a return or a cancellation.</summary>
    /// <value>The default value is 1, whichever way the line is made.</value>
    public double Quantity
    {
        get => SwapZeroAndOne(_quantity);
        init => _quantity = SwapZeroAndOne(value);
    }

    /// <summary>
    /// How much one of the units holds (heads in a pack, washes in a bottle), from 0.000001 to 1e9, or <see langword="null"/> for what the
    /// catalogue says, or else one. A larger pack lasts longer, as two packs do.
    /// </summary>
    public double? PackSize { get; init; }

    /// <summary>The price of one unit in the shop's currency, or <see langword="null"/> when unknown.</summary>
    public double? UnitPrice { get; init; }

    /// <summary>The order or invoice the line belongs to, or <see langword="null"/>. Two identical lines of one order count once.</summary>
    public string? OrderId { get; init; }

    /// <summary>When the customer received the goods, or <see langword="null"/> when unknown: the day use can start.</summary>
    public DateTime? DeliveredAt { get; init; }

    /// <summary>The product's category, or <see langword="null"/> when unknown.</summary>
    public string? Category { get; init; }

    /// <summary>What happened: a purchase unless said otherwise.</summary>
    public InteractionKind Kind { get; init; }

    // An initialiser without the constructor, and whatever maps rows to lines, starts from zeroed memory, which must not read as a return. Zero and one
    // change places in it: unlike an offset that keeps every other quantity as it is, and equal lines equal.
    private static double SwapZeroAndOne(double value) => value switch { 0 => 1, 1 => 0, _ => value };
}
