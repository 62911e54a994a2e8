namespace PostPurchase.Recommend;

/// <summary>
/// A small seeded generator whose sequence never changes: xoshiro256** seeded by SplitMix64
/// (Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 2021).
/// <see cref="Random"/> promises no sequence across runtimes, and a model file must be reproducible.
/// </summary>
internal sealed class SeededRandom
{
    private ulong _a, _b, _c, _d;
    private double _spare = double.NaN;

    public SeededRandom(ulong seed)
        : this(seed, 0)
    {
    }

    /// <summary>One of many independent streams of a seed, such as one for each row, whatever thread draws it.</summary>
    public SeededRandom(ulong seed, ulong stream)
    {
        var state = seed ^ (stream * 0xD1342543DE82EF95UL);
        _a = SplitMix(ref state);
        _b = SplitMix(ref state);
        _c = SplitMix(ref state);
        _d = SplitMix(ref state);
    }

    public ulong NextUInt64()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0..<paramref name="exclusiveMax"/>-1, without modulo bias worth measuring (Lemire's multiply-shift).</summary>
    public int Next(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        return (int)(((NextUInt64() >> 32) * (ulong)exclusiveMax) >> 32);
    }

    /// <summary>Standard normal, by the polar method of Marsaglia and Bray (1964).</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(_spare))
        {
            var spare = _spare;
            _spare = double.NaN;
            return spare;
        }

        double u, v, s;
        do
        {
            u = (2 * NextDouble()) - 1;
            v = (2 * NextDouble()) - 1;
            s = (u * u) + (v * v);
        }
        while (s >= 1 || s == 0);
        var scale = Math.Sqrt(-2 * Math.Log(s) / s);
        _spare = v * scale;
        return u * scale;
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
