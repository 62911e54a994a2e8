using System.Runtime.CompilerServices;

namespace PostPurchase.Recommend.Scoring;

/// <summary>
/// Item vectors in a quarter of the memory, in order of falling length, for a first pass that rules out most items: eight-bit values
/// with a scale for each vector, and how far from the true vector they are. Only items that may enter are scored exactly.
/// </summary>
/// <remarks>
/// For x = s X + e and a customer's q = t Q + f, with X and Q whole numbers, x.q = s t X.Q + f.x + t Q.e, so by Cauchy and Schwarz
/// x.q is at most s t X.Q + |f| |x| + |t Q| |e|. Every rounding below is covered by <see cref="Slack"/>, thus the result is that of scoring all
/// items exactly. Since vectors are sorted by length, a panel whose |x| |q| cannot enter ends the scan.
/// Immutable and safe to share between threads.
/// </remarks>
internal sealed class QuantizedItems
{
    /// <summary>Items in a panel.</summary>
    public const int Width = 32;

    /// <summary>Factors that one instruction multiplies and adds up.</summary>
    public const int Quad = 4;

    /// <summary>
    /// More than all float roundings can add up to: a chain of n fused multiply-adds errs by at most n 2^-24 |x| |q|, n being 4,096 at
    /// most, and the bound itself by a few units of its last place.
    /// </summary>
    public const float Slack = 5e-4f;

    private const int Most = 127;

    private readonly float[] _vectors;
    private readonly int _stride;
    private readonly float[] _scales;

    private QuantizedItems(float[] vectors, int count, int stride, int factors, float[] scales)
    {
        _vectors = vectors;
        _stride = stride;
        _scales = scales;
        Count = count;
        Factors = factors;
        Quads = (factors + Quad - 1) / Quad;
        Panels = (count + Width - 1) / Width;
        Item = new int[Panels * Width];
        Step = new float[Panels * Width];
        Length = new float[Panels * Width];
        Error = new float[Panels * Width];
        Values = new byte[checked(Panels * Width * Quads * Quad)];
    }

    public int Count { get; }

    public int Factors { get; }

    /// <summary>Groups of four factors, the last filled up with zeros.</summary>
    public int Quads { get; }

    public int Panels { get; }

    /// <summary>The item at every place, by falling length; -1 beyond the last.</summary>
    public int[] Item { get; }

    /// <summary>What one unit of an eight-bit value stands for, at every place.</summary>
    public float[] Step { get; }

    /// <summary>The length of the vector at every place, rounded up; zero beyond the last.</summary>
    public float[] Length { get; }

    /// <summary>The length of what the eight-bit values leave out, at every place, rounded up.</summary>
    public float[] Error { get; }

    /// <summary>The eight-bit values plus 128: by panel, then quad, then place, then the four factors of the quad.</summary>
    public byte[] Values { get; }

    /// <summary>Quantises vectors that stand <paramref name="stride"/> floats apart, each times its scale where scales are given.</summary>
    /// <param name="vectors">The vectors; kept, not copied, for exact scores.</param>
    /// <param name="count">The number of items.</param>
    /// <param name="stride">Floats from one vector to the next.</param>
    /// <param name="factors">The length of a vector.</param>
    /// <param name="scales">A factor on every vector, or empty.</param>
    public static QuantizedItems Pack(float[] vectors, int count, int stride, int factors, float[] scales)
    {
        var packed = new QuantizedItems(vectors, count, stride, factors, scales);
        var lengths = new double[count];
        var order = new int[count];
        for (var item = 0; item < count; item++)
        {
            var squares = 0d;
            for (var k = 0; k < factors; k++)
                squares += (double)packed.Value(item, k) * packed.Value(item, k);
            // Vectors that are not finite come first, where no bound leaves them out.
            lengths[item] = double.IsFinite(squares) ? -Math.Sqrt(squares) : double.NegativeInfinity;
            order[item] = item;
        }

        // Equal lengths by number: the layout must not depend on the sort.
        Array.Sort(order, (a, b) => lengths[a] != lengths[b] ? lengths[a].CompareTo(lengths[b]) : a.CompareTo(b));
        packed.Item.AsSpan().Fill(-1);
        packed.Values.AsSpan().Fill(128);
        for (var place = 0; place < count; place++)
            packed.Quantize(place, order[place], -lengths[order[place]]);
        return packed;
    }

    /// <summary>Factor k of the item as it is scored.</summary>
    public float Value(int item, int k) => _vectors[(item * _stride) + k] * (_scales.Length > 0 ? _scales[item] : 1);

    /// <summary>The exact score: the chain of roundings of every scan.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float Score(int item, ReadOnlySpan<float> customer)
    {
        var vector = _vectors.AsSpan(item * _stride, customer.Length);
        var scale = _scales.Length > 0 ? _scales[item] : 1;
        var score = 0f;
        for (var k = 0; k < vector.Length; k++)
            score = MathF.FusedMultiplyAdd(customer[k], vector[k] * scale, score);
        return score;
    }

    /// <summary>The exact scores of four items: each a chain of its own, and four chains run side by side in the time of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Score(ReadOnlySpan<int> four, ReadOnlySpan<float> customer, Span<float> scores)
    {
        var a = _vectors.AsSpan(four[0] * _stride, customer.Length);
        var b = _vectors.AsSpan(four[1] * _stride, customer.Length);
        var c = _vectors.AsSpan(four[2] * _stride, customer.Length);
        var d = _vectors.AsSpan(four[3] * _stride, customer.Length);
        float scaleA = 1, scaleB = 1, scaleC = 1, scaleD = 1, scoreA = 0, scoreB = 0, scoreC = 0, scoreD = 0;
        if (_scales.Length > 0)
            (scaleA, scaleB, scaleC, scaleD) = (_scales[four[0]], _scales[four[1]], _scales[four[2]], _scales[four[3]]);
        for (var k = 0; k < customer.Length; k++)
        {
            var at = customer[k];
            scoreA = MathF.FusedMultiplyAdd(at, a[k] * scaleA, scoreA);
            scoreB = MathF.FusedMultiplyAdd(at, b[k] * scaleB, scoreB);
            scoreC = MathF.FusedMultiplyAdd(at, c[k] * scaleC, scoreC);
            scoreD = MathF.FusedMultiplyAdd(at, d[k] * scaleD, scoreD);
        }

        (scores[0], scores[1], scores[2], scores[3]) = (scoreA, scoreB, scoreC, scoreD);
    }

    private void Quantize(int place, int item, double length)
    {
        Item[place] = item;
        Length[place] = MathF.BitIncrement((float)length);
        if (!double.IsFinite(length) || !float.IsFinite(Length[place]))
        {
            // No bound holds for it: always a candidate.
            (Length[place], Error[place]) = (float.PositiveInfinity, float.PositiveInfinity);
            return;
        }

        var largest = 0f;
        for (var k = 0; k < Factors; k++)
            largest = Math.Max(largest, Math.Abs(Value(item, k)));
        var step = largest / Most;
        Step[place] = step;
        var errors = 0d;
        for (var k = 0; k < Factors; k++)
        {
            var value = Value(item, k);
            var whole = step > 0 ? (int)Math.Clamp(MathF.Round(value / step), -Most, Most) : 0;
            var start = ((place / Width * Quads) + (k / Quad)) * Width * Quad;
            Values[start + (place % Width * Quad) + (k % Quad)] = (byte)(whole + 128);
            var error = value - ((double)step * whole);
            errors += error * error;
        }

        Error[place] = MathF.BitIncrement((float)Math.Sqrt(errors));
    }
}
