namespace PostPurchase.Recommend.MLNet.Replenishment;

/// <summary>The caller's columns.</summary>
internal sealed record ReplenishmentColumns
{
    public ReplenishmentColumns(string customer, string product, string time, string? quantity)
    {
        ArgumentException.ThrowIfNullOrEmpty(customer);
        ArgumentException.ThrowIfNullOrEmpty(product);
        ArgumentException.ThrowIfNullOrEmpty(time);
        if (quantity is not null)
            ArgumentException.ThrowIfNullOrEmpty(quantity);
        Customer = customer;
        Product = product;
        Time = time;
        Quantity = quantity;
    }

    public string Customer { get; }

    public string Product { get; }

    public string Time { get; }

    public string? Quantity { get; }
}
