namespace PostPurchase.Recommend.Ranking;

/// <summary>A basket to be predicted: its customer, its day and its rows.</summary>
internal readonly record struct HeldOutBasket(int Customer, int Day, int FromRow, int UntilRow);
