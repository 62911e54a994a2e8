using System.Runtime.Intrinsics;

namespace PostPurchase.Recommend.Benchmarks.Figures;

/// <summary>What the machine can do at best, by loops that do nothing else.</summary>
internal static class Limits
{
    private const int Chains = 12;
    private const int Steps = 100_000;

    /// <summary>Reads the values once and adds them up.</summary>
    public static float Read(float[] values)
    {
        var (a, b, c, d) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        ref var start = ref values[0];
        for (nuint i = 0; i + 64 <= (nuint)values.Length; i += 64)
        {
            a += Vector512.LoadUnsafe(ref start, i);
            b += Vector512.LoadUnsafe(ref start, i + 16);
            c += Vector512.LoadUnsafe(ref start, i + 32);
            d += Vector512.LoadUnsafe(ref start, i + 48);
        }

        return Vector512.Sum(a + b + c + d);
    }

    /// <summary>Floating-point operations a second of fused multiply-adds that never leave the registers.</summary>
    public static double FusedMultiplyAdds()
    {
        var sink = 0f;
        var seconds = Clock.Fastest(20, () =>
        {
            var m = Vector512.Create(0.999f);
            var (a, b, c, d, e, f) = (m, m, m, m, m, m);
            var (g, h, i, j, k, l) = (m, m, m, m, m, m);
            for (var step = 0; step < Steps; step++)
            {
                a = Vector512.FusedMultiplyAdd(a, m, m);
                b = Vector512.FusedMultiplyAdd(b, m, m);
                c = Vector512.FusedMultiplyAdd(c, m, m);
                d = Vector512.FusedMultiplyAdd(d, m, m);
                e = Vector512.FusedMultiplyAdd(e, m, m);
                f = Vector512.FusedMultiplyAdd(f, m, m);
                g = Vector512.FusedMultiplyAdd(g, m, m);
                h = Vector512.FusedMultiplyAdd(h, m, m);
                i = Vector512.FusedMultiplyAdd(i, m, m);
                j = Vector512.FusedMultiplyAdd(j, m, m);
                k = Vector512.FusedMultiplyAdd(k, m, m);
                l = Vector512.FusedMultiplyAdd(l, m, m);
            }

            sink += Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
        });
        GC.KeepAlive(sink);
        return 2d * Vector512<float>.Count * Chains * Steps / seconds;
    }
}
