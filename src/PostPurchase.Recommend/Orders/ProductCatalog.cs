namespace PostPurchase.Recommend.Orders;

/// <summary>What a shop knows of its products beside the log: categories, which products serve one need, and which consumables a base product uses up.</summary>
/// <remarks>
/// Immutable and safe to read from any number of threads. Ids and names are compared ordinally; white space around them is removed, as it is
/// around those of an <see cref="OrderLine"/>.
/// </remarks>
public sealed class ProductCatalog
{
    private readonly Dictionary<string, CatalogProduct> _products;

    /// <summary>Creates the catalogue.</summary>
    /// <param name="products">The products; every id once.</param>
    /// <exception cref="ArgumentException">An id is empty or appears twice, or a pack size is out of range.</exception>
    public ProductCatalog(IEnumerable<CatalogProduct> products)
    {
        ArgumentNullException.ThrowIfNull(products);
        _products = new Dictionary<string, CatalogProduct>(StringComparer.Ordinal);
        foreach (var product in products)
        {
            if (string.IsNullOrWhiteSpace(product?.ProductId))
                throw new ArgumentException("A product of the catalogue has no id.", nameof(products));
            if (!LogLine.IsPackSize(product.PackSize))
                throw new ArgumentException($"Product '{product.ProductId}' has a pack size of {product.PackSize}.", nameof(products));
            var trimmed = Trim(product);
            if (!_products.TryAdd(trimmed.ProductId, trimmed))
                throw new ArgumentException($"Product '{trimmed.ProductId}' appears twice in the catalogue.", nameof(products));
        }
    }

    /// <summary>The number of products.</summary>
    public int Count => _products.Count;

    /// <summary>All products, in no particular order.</summary>
    public IReadOnlyCollection<CatalogProduct> Products => _products.Values;

    /// <summary>What is known of a product, or <see langword="null"/>.</summary>
    /// <param name="productId">The product's id.</param>
    public CatalogProduct? Find(string productId)
    {
        ArgumentNullException.ThrowIfNull(productId);
        return _products.GetValueOrDefault(productId.Trim());
    }

    // Columns of a fixed width come filled up with blanks: an id of the log would not be found here, and a group would be two.
    private static CatalogProduct Trim(CatalogProduct product) => product with
    {
        ProductId = product.ProductId.Trim(),
        Category = product.Category?.Trim(),
        ReplenishmentGroup = product.ReplenishmentGroup?.Trim(),
        // Products without consumables keep sharing one empty list, which keeps them equal to what they were made from.
        ConsumableIds = product.ConsumableIds is { Count: > 0 } ids
            ? [.. ids.Where(id => !string.IsNullOrWhiteSpace(id)).Select(id => id.Trim())]
            : product.ConsumableIds,
    };
}
