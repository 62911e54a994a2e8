namespace PostPurchase.Recommend.MLNet.Replenishment;

/// <summary>The columns a replenishment model is trained on.</summary>
internal sealed class ReplenishmentTrainingRow
{
    public ReadOnlyMemory<char> Customer;
    public ReadOnlyMemory<char> Product;
    public DateTime Time;
    public float Quantity;
}
