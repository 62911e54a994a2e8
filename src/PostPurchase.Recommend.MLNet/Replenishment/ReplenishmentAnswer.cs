namespace PostPurchase.Recommend.MLNet.Replenishment;

/// <summary>The columns of a forecast.</summary>
internal sealed class ReplenishmentAnswer
{
    public float Score;
    public DateTime DueDate;
    public DateTime WindowFrom;
    public DateTime WindowUntil;
    public string Evidence = "";
}
