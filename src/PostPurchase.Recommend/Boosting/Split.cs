using System.Runtime.Intrinsics;

namespace PostPurchase.Recommend.Boosting;

/// <summary>How a leaf can be cut in two: bins up to <paramref name="Bin"/> go left, missing values where they are told to.</summary>
internal readonly record struct Split(double Gain, int Feature, int Bin, bool MissingLeft, Vector128<long> Left)
{
    public static Split None { get; } = new(0, -1, 0, false, default);

    public bool Exists => Feature >= 0;
}
