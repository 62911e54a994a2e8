namespace PostPurchase.Recommend.MLNet.Evaluation;

/// <summary>One scored row of a customer.</summary>
internal readonly record struct ScoredRow(int Product, float Score, bool IsBought);
