namespace PostPurchase.Recommend.Orders;

/// <summary>One product of a <see cref="ProductCatalog"/>.</summary>
/// <param name="ProductId">The product's id.</param>
/// <param name="Category">The category, or <see langword="null"/> when unknown.</param>
public sealed record CatalogProduct(string ProductId, string? Category)
{
    /// <summary>
    /// Ids of the consumables this product uses up, such as the heads of an electric toothbrush: whoever has bought it and never them gets a
    /// forecast for them. Ids that nobody has bought yet are passed over.
    /// </summary>
    /// <value>The default value is the empty list.</value>
    public IReadOnlyList<string> ConsumableIds { get; init; } = [];

    /// <summary>
    /// The need that the product serves together with others, such as brush heads of every brand: who buys another product of the group has
    /// met the need, and is due later for this one. <see langword="null"/> when unknown: the product is looked at in its
    /// category then, without saying that the products there replace each other. A category that bears the name of a group is that group.
    /// </summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? ReplenishmentGroup { get; init; }

    /// <summary>
    /// How much one pack holds, in any unit that the products of a category share (pieces, washes, grams); from 0.000001 to 1e9. Quantities of
    /// the product are multiplied by it and unit prices divided, unless a line has a pack size of its own: what holds more lasts longer.
    /// </summary>
    /// <value>The default value is 1.</value>
    public double PackSize { get; init; } = 1;
}
