using System.Runtime.Intrinsics;

namespace PostPurchase.Recommend.Boosting;

/// <summary>A leaf of a tree that is still growing: its rows, their sums, and the best way to cut it.</summary>
internal sealed record GrowingLeaf(int From, int Until, Vector128<long> Total, GradientHistogram Histogram, Split Best);
