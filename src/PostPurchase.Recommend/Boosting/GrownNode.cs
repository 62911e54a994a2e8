namespace PostPurchase.Recommend.Boosting;

/// <summary>An inner node in bins.</summary>
internal readonly record struct GrownNode(int Feature, int Bin, bool MissingLeft, int Left, int Right)
{
    public bool GoesLeft(byte bin, byte missingBin) => bin == missingBin ? MissingLeft : bin <= Bin;
}
