namespace PostPurchase.Recommend.Ranking;

/// <summary>What one basket still counts, by its age in baskets and in days.</summary>
internal readonly record struct BasketWeights(float Fast, float Middle, float Slow, float Long, float DayFast, float DayMiddle, float DaySlow);
