namespace PostPurchase.Recommend.MLNet.Tests;

/// <summary>A row as a user of ML.NET would declare it.</summary>
public sealed class Purchase
{
    public string CustomerId { get; set; } = "";

    public string ProductId { get; set; } = "";

    public DateTime Time { get; set; }

    public float Quantity { get; set; } = 1;

    public float Label { get; set; }
}
