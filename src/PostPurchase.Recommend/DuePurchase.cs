namespace PostPurchase.Recommend;

/// <summary>One purchase that falls due inside the window asked about.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="ProductId">The product.</param>
/// <param name="Probability">The probability, from 0 to 1, that the customer buys it inside the window asked about.</param>
/// <param name="DueDate">The conditional median of the next purchase.</param>
/// <param name="Window">The window that holds the next purchase with 80 % probability, given that it happens within the forecast's horizon.</param>
/// <param name="Evidence">What the forecast stands on.</param>
public sealed record DuePurchase(
    string CustomerId, string ProductId, double Probability, DateOnly DueDate, DateWindow Window, Evidence Evidence)
{
    /// <summary>Whether the usual gap is still running, over, or long over.</summary>
    public DueStatus Status { get; init; }

    /// <summary>
    /// The base product whose consumable this is, when the customer has bought that base and never this; <see langword="null"/> for a
    /// product bought before.
    /// </summary>
    public string? BaseProductId { get; init; }

    /// <summary>
    /// The same for every run of a feed until the customer buys again or <see cref="Status"/> changes, and for all products of a replenishment
    /// group that the catalogue names: send one reminder a key.
    /// 32 hexadecimal digits.
    /// </summary>
    public string IdempotencyKey { get; init; } = "";
}
