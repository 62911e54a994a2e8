namespace PostPurchase.Recommend.MLNet.Factorization;

/// <summary>The caller's columns.</summary>
internal sealed record FactorColumns
{
    public FactorColumns(string customer, string product, string? quantity)
    {
        ArgumentException.ThrowIfNullOrEmpty(customer);
        ArgumentException.ThrowIfNullOrEmpty(product);
        if (quantity is not null)
            ArgumentException.ThrowIfNullOrEmpty(quantity);
        Customer = customer;
        Product = product;
        Quantity = quantity;
    }

    public string Customer { get; }

    public string Product { get; }

    public string? Quantity { get; }
}
