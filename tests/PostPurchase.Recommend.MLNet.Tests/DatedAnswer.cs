namespace PostPurchase.Recommend.MLNet.Tests;

/// <summary>What replenishment transformers add.</summary>
public sealed class DatedAnswer
{
    public float Score { get; set; }

    public DateTime DueDate { get; set; }

    public DateTime WindowFrom { get; set; }

    public DateTime WindowUntil { get; set; }

    public string Evidence { get; set; } = "";
}
