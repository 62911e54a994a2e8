namespace PostPurchase.Recommend.Evaluation;

/// <summary>The perfect list that a discounted gain is divided by.</summary>
public enum NdcgIdeal
{
    /// <summary>Every product of the truth, however many: a long basket cannot be filled by a short list. Usual for next baskets.</summary>
    WholeTruth,

    /// <summary>As many products of the truth as the list has room for. Usual for ranking held-out items.</summary>
    ListLength,
}
