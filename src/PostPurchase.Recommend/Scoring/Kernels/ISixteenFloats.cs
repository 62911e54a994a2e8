namespace PostPurchase.Recommend.Scoring.Kernels;

/// <summary>
/// Sixteen floats that are worked on together, whatever the width of the machine's registers. Every kernel is written once
/// against this type, and since all implementations do the same roundings in the same order, all kernels give the same bits.
/// </summary>
internal interface ISixteenFloats<TSelf>
    where TSelf : struct, ISixteenFloats<TSelf>
{
    static abstract TSelf Broadcast(float value);

    static abstract TSelf Load(ref readonly float source);

    static abstract void Store(TSelf value, ref float destination);

    /// <summary>The product of the first two plus the third, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    static abstract TSelf Add(TSelf left, TSelf right);

    static abstract TSelf Multiply(TSelf left, TSelf right);

    static abstract TSelf Divide(TSelf left, TSelf right);

    /// <summary>The sum over the lanes: halves are added until one lane is left.</summary>
    static abstract float Sum(TSelf value);

    /// <summary>One bit for every lane that is greater than the threshold; a lane that is no number is not.</summary>
    static abstract uint GreaterMask(TSelf value, TSelf threshold);
}
