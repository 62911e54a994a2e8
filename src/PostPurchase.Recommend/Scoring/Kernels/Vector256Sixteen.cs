using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PostPurchase.Recommend.Scoring.Kernels;

/// <summary>Sixteen floats in two 256-bit registers.</summary>
internal readonly struct Vector256Sixteen : ISixteenFloats<Vector256Sixteen>
{
    private readonly Vector256<float> _a;
    private readonly Vector256<float> _b;

    private Vector256Sixteen(Vector256<float> a, Vector256<float> b)
    {
        _a = a;
        _b = b;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Sixteen Broadcast(float value)
    {
        var all = Vector256.Create(value);
        return new(all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Sixteen Load(ref readonly float source) => new(
        Vector256.LoadUnsafe(in source),
        Vector256.LoadUnsafe(in source, 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256Sixteen value, ref float destination)
    {
        value._a.StoreUnsafe(ref destination);
        value._b.StoreUnsafe(ref destination, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Sixteen MultiplyAdd(Vector256Sixteen left, Vector256Sixteen right, Vector256Sixteen addend) => new(
        Vector256.FusedMultiplyAdd(left._a, right._a, addend._a),
        Vector256.FusedMultiplyAdd(left._b, right._b, addend._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Sixteen Add(Vector256Sixteen left, Vector256Sixteen right) => new(
        left._a + right._a,
        left._b + right._b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Sixteen Multiply(Vector256Sixteen left, Vector256Sixteen right) => new(
        left._a * right._a,
        left._b * right._b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Sixteen Divide(Vector256Sixteen left, Vector256Sixteen right) => new(
        left._a / right._a,
        left._b / right._b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256Sixteen value)
    {
        var eight = value._a + value._b;
        var four = eight.GetLower() + eight.GetUpper();
        var two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two[0] + two[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint GreaterMask(Vector256Sixteen value, Vector256Sixteen threshold) =>
        Vector256.GreaterThan(value._a, threshold._a).ExtractMostSignificantBits()
        | (Vector256.GreaterThan(value._b, threshold._b).ExtractMostSignificantBits() << 8);
}
