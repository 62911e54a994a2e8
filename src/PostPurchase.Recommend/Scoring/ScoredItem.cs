namespace PostPurchase.Recommend.Scoring;

/// <summary>An item's number and its score.</summary>
internal readonly record struct ScoredItem(int Item, float Score)
{
    /// <summary>Whether this one ranks before the other: the higher score first, equal scores by the lower number.</summary>
    public bool Before(ScoredItem other) => Score > other.Score || (Score == other.Score && Item < other.Item);
}
