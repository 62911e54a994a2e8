namespace PostPurchase.Recommend.Replenishment;

/// <summary>What a <see cref="CountRegression"/> learns from: the inputs, how many events followed, and how much that counts.</summary>
internal readonly record struct CountedEvents(double[] Inputs, int Count, double Weight);
