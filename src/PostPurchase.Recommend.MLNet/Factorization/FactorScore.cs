namespace PostPurchase.Recommend.MLNet.Factorization;

/// <summary>The columns of a score.</summary>
internal sealed class FactorScore
{
    public float Score;
    public bool IsKnown;
}
