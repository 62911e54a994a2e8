namespace PostPurchase.Recommend.MLNet.Tests;

/// <summary>What factor transformers add.</summary>
public sealed class Answer
{
    public float Score { get; set; }

    public bool IsKnown { get; set; }

    public int Rank { get; set; }
}
