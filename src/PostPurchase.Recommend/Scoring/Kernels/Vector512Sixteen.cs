using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PostPurchase.Recommend.Scoring.Kernels;

/// <summary>Sixteen floats in one 512-bit register.</summary>
internal readonly struct Vector512Sixteen : ISixteenFloats<Vector512Sixteen>
{
    private readonly Vector512<float> _a;

    private Vector512Sixteen(Vector512<float> a)
    {
        _a = a;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Sixteen Broadcast(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Sixteen Load(ref readonly float source) => new(Vector512.LoadUnsafe(in source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512Sixteen value, ref float destination)
    {
        value._a.StoreUnsafe(ref destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Sixteen MultiplyAdd(Vector512Sixteen left, Vector512Sixteen right, Vector512Sixteen addend) =>
        new(Vector512.FusedMultiplyAdd(left._a, right._a, addend._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Sixteen Add(Vector512Sixteen left, Vector512Sixteen right) =>
        new(left._a + right._a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Sixteen Multiply(Vector512Sixteen left, Vector512Sixteen right) =>
        new(left._a * right._a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Sixteen Divide(Vector512Sixteen left, Vector512Sixteen right) =>
        new(left._a / right._a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512Sixteen value)
    {
        var eight = value._a.GetLower() + value._a.GetUpper();
        var four = eight.GetLower() + eight.GetUpper();
        var two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two[0] + two[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint GreaterMask(Vector512Sixteen value, Vector512Sixteen threshold) =>
        (uint)Vector512.GreaterThan(value._a, threshold._a).ExtractMostSignificantBits();
}
