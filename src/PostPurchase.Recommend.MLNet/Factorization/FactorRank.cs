namespace PostPurchase.Recommend.MLNet.Factorization;

/// <summary>The column of a rank, apart from the score because it costs a look at every product: ML.NET computes only what is read.</summary>
internal sealed class FactorRank
{
    public int Rank;
}
