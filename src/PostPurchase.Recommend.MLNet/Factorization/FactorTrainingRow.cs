namespace PostPurchase.Recommend.MLNet.Factorization;

/// <summary>The columns a factorisation is trained on.</summary>
internal sealed class FactorTrainingRow
{
    public ReadOnlyMemory<char> Customer;
    public ReadOnlyMemory<char> Product;
    public float Quantity;
}
