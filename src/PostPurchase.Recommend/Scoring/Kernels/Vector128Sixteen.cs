using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PostPurchase.Recommend.Scoring.Kernels;

/// <summary>Sixteen floats in four 128-bit registers, the width that ARM and WebAssembly have.</summary>
internal readonly struct Vector128Sixteen : ISixteenFloats<Vector128Sixteen>
{
    private readonly Vector128<float> _a;
    private readonly Vector128<float> _b;
    private readonly Vector128<float> _c;
    private readonly Vector128<float> _d;

    private Vector128Sixteen(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        _a = a;
        _b = b;
        _c = c;
        _d = d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Sixteen Broadcast(float value)
    {
        var all = Vector128.Create(value);
        return new(all, all, all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Sixteen Load(ref readonly float source) => new(
        Vector128.LoadUnsafe(in source),
        Vector128.LoadUnsafe(in source, 4),
        Vector128.LoadUnsafe(in source, 8),
        Vector128.LoadUnsafe(in source, 12));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128Sixteen value, ref float destination)
    {
        value._a.StoreUnsafe(ref destination);
        value._b.StoreUnsafe(ref destination, 4);
        value._c.StoreUnsafe(ref destination, 8);
        value._d.StoreUnsafe(ref destination, 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Sixteen MultiplyAdd(Vector128Sixteen left, Vector128Sixteen right, Vector128Sixteen addend) => new(
        Vector128.FusedMultiplyAdd(left._a, right._a, addend._a),
        Vector128.FusedMultiplyAdd(left._b, right._b, addend._b),
        Vector128.FusedMultiplyAdd(left._c, right._c, addend._c),
        Vector128.FusedMultiplyAdd(left._d, right._d, addend._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Sixteen Add(Vector128Sixteen left, Vector128Sixteen right) => new(
        left._a + right._a,
        left._b + right._b,
        left._c + right._c,
        left._d + right._d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Sixteen Multiply(Vector128Sixteen left, Vector128Sixteen right) => new(
        left._a * right._a,
        left._b * right._b,
        left._c * right._c,
        left._d * right._d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Sixteen Divide(Vector128Sixteen left, Vector128Sixteen right) => new(
        left._a / right._a,
        left._b / right._b,
        left._c / right._c,
        left._d / right._d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128Sixteen value)
    {
        var four = (value._a + value._c) + (value._b + value._d);
        var two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two[0] + two[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint GreaterMask(Vector128Sixteen value, Vector128Sixteen threshold) =>
        Vector128.GreaterThan(value._a, threshold._a).ExtractMostSignificantBits()
        | (Vector128.GreaterThan(value._b, threshold._b).ExtractMostSignificantBits() << 4)
        | (Vector128.GreaterThan(value._c, threshold._c).ExtractMostSignificantBits() << 8)
        | (Vector128.GreaterThan(value._d, threshold._d).ExtractMostSignificantBits() << 12);
}
