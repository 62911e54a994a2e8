namespace PostPurchase.Recommend.Complements;

/// <summary>So many pairs were counted so often where chance expects so many.</summary>
internal readonly record struct PairCount(int Count, double Expected, int Pairs);
