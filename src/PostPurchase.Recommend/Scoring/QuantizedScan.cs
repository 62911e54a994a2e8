using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using PostPurchase.Recommend.Scoring.Kernels;

namespace PostPurchase.Recommend.Scoring;

/// <summary>
/// The exact best items by way of eight-bit values: the bound of every item against the last-ranked score so far, and exact scores
/// for those that may enter. The answer is the one of <see cref="TopItems"/>, ties included.
/// </summary>
internal static class QuantizedScan
{
    private const int Half = QuantizedItems.Width / 2;

    // Far below any score that matters, and above all that is lost where products of tiny numbers vanish.
    private const float Underflow = 1e-36f;

    /// <summary>Whether the machine multiplies bytes fast enough for the detour to pay, and no narrower kernel is forced.</summary>
    public static bool IsAccelerated { get; } =
        AvxVnni.IsSupported && (FloatKernels.Best == FloatKernels.Vector256 || FloatKernels.Best == FloatKernels.Vector512);

    /// <summary>Like <see cref="TopItems.Find(ItemPanels, ReadOnlySpan{float}, ReadOnlySpan{ulong}, Span{ScoredItem})"/>.</summary>
    public static int Find(QuantizedItems items, ReadOnlySpan<float> customer, ReadOnlySpan<ulong> eligible, Span<ScoredItem> best) =>
        Find(IsAccelerated, items, customer, eligible, best, int.MaxValue);

    /// <summary>
    /// As many exact scores as are worth the first pass: what vectors of random directions need and some more, yet so few that giving
    /// up costs little beside the plain scan. Zero where a plain scan is best from the start.
    /// </summary>
    public static int MostExact(int items, int wanted)
    {
        var most = (wanted * 12) + (items / 2048);
        return most <= items / 16 ? most : 0;
    }

    /// <summary>
    /// The same, but gives up and returns -1 once more items than that had to be scored exactly: where scores are nearly alike no bound
    /// tells them apart, and the plain scan is faster.
    /// </summary>
    public static int TryFind(QuantizedItems items, ReadOnlySpan<float> customer, ReadOnlySpan<ulong> eligible, Span<ScoredItem> best, int mostExact) =>
        Find(IsAccelerated, items, customer, eligible, best, mostExact);

    // Compiled in full at once: the first requests after a start would otherwise take five times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Find(
        bool accelerated, QuantizedItems items, ReadOnlySpan<float> customer, ReadOnlySpan<ulong> eligible, Span<ScoredItem> best, int mostExact)
    {
        if (customer.Length != items.Factors)
            throw new ArgumentException($"The vector holds {customer.Length} factors where {items.Factors} belong.", nameof(customer));
        if (eligible.Length != 0 && eligible.Length < Eligibility.Words(items.Count))
            throw new ArgumentException($"The mask holds {eligible.Length} words where {Eligibility.Words(items.Count)} belong.", nameof(eligible));
        if (best.Length == 0)
            return 0;
        Span<sbyte> bytes = stackalloc sbyte[items.Quads * QuantizedItems.Quad];
        var quantized = new QuantizedCustomer(customer, bytes);
        var heap = new BestItems(best);
        Span<int> four = stackalloc int[4];
        Span<float> scores = stackalloc float[4];
        for (var panel = 0; panel < items.Panels; panel++)
        {
            var threshold = heap.Threshold - Underflow;
            // Vectors only get shorter from here on. Written so that a bound that is no number does not end the scan.
            if (items.Length[panel * QuantizedItems.Width] * quantized.Length * (1 + QuantizedItems.Slack) < threshold)
                break;
            var candidates = accelerated ? Candidates(items, panel, quantized, threshold) : PlainCandidates(items, panel, quantized, threshold);
            var waiting = 0;
            for (; candidates != 0; candidates &= candidates - 1)
            {
                var item = items.Item[(panel * QuantizedItems.Width) + BitOperations.TrailingZeroCount(candidates)];
                if (item < 0 || !(eligible.IsEmpty || Eligibility.Allows(eligible, item)))
                    continue;
                if (mostExact-- == 0)
                    return -1;
                four[waiting++] = item;
                if (waiting < four.Length)
                    continue;
                items.Score(four, customer, scores);
                for (var i = 0; i < four.Length; i++)
                    heap.Offer(new ScoredItem(four[i], scores[i]));
                waiting = 0;
            }

            for (var i = 0; i < waiting; i++)
                heap.Offer(new ScoredItem(four[i], items.Score(four[i], customer)));
        }

        return heap.Sort();
    }

    /// <summary>One bit for every place of the panel whose bound is not below the threshold: the specification.</summary>
    private static uint PlainCandidates(QuantizedItems items, int panel, in QuantizedCustomer customer, float threshold)
    {
        var candidates = 0u;
        for (var lane = 0; lane < QuantizedItems.Width; lane++)
        {
            var sum = customer.Offset;
            for (var k = 0; k < customer.Values.Length; k++)
            {
                var quad = ((panel * items.Quads) + (k / QuantizedItems.Quad)) * QuantizedItems.Width;
                sum += customer.Values[k] * items.Values[((quad + lane) * QuantizedItems.Quad) + (k % QuantizedItems.Quad)];
            }

            var place = (panel * QuantizedItems.Width) + lane;
            var bound = (sum * (items.Step[place] * customer.Step))
                + ((items.Length[place] * customer.LengthWeight) + (items.Error[place] * customer.QuantizedLength));
            candidates |= bound < threshold ? 0 : 1u << lane;
        }

        return candidates;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Candidates(QuantizedItems items, int panel, in QuantizedCustomer customer, float threshold)
    {
        ref var x = ref Unsafe.Add(
            ref MemoryMarshal.GetArrayDataReference(items.Values), (nint)panel * items.Quads * QuantizedItems.Width * QuantizedItems.Quad);
        ref var q = ref Unsafe.As<sbyte, int>(ref MemoryMarshal.GetReference(customer.Values));
        var s0 = Vector256.Create(customer.Offset);
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        for (var quad = 0; quad < items.Quads; quad++)
        {
            var four = Vector256.Create(Unsafe.Add(ref q, quad)).AsSByte();
            s0 = AvxVnni.MultiplyWideningAndAdd(s0, Vector256.LoadUnsafe(ref x), four);
            s1 = AvxVnni.MultiplyWideningAndAdd(s1, Vector256.LoadUnsafe(ref x, 32), four);
            s2 = AvxVnni.MultiplyWideningAndAdd(s2, Vector256.LoadUnsafe(ref x, 64), four);
            s3 = AvxVnni.MultiplyWideningAndAdd(s3, Vector256.LoadUnsafe(ref x, 96), four);
            x = ref Unsafe.Add(ref x, QuantizedItems.Width * QuantizedItems.Quad);
        }

        var place = panel * QuantizedItems.Width;
        return ~(Below(items, place, s0, customer, threshold)
            | (Below(items, place + 8, s1, customer, threshold) << 8)
            | (Below(items, place + Half, s2, customer, threshold) << Half)
            | (Below(items, place + Half + 8, s3, customer, threshold) << (Half + 8)));
    }

    /// <summary>One bit for every one of eight places whose bound is below the threshold; a bound that is no number is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Below(QuantizedItems items, int place, Vector256<int> sum, in QuantizedCustomer customer, float threshold)
    {
        var at = (nuint)place;
        var step = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(items.Step), at);
        var length = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(items.Length), at);
        var error = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(items.Error), at);
        var bound = (Vector256.ConvertToSingle(sum) * (step * customer.Step))
            + ((length * customer.LengthWeight) + (error * customer.QuantizedLength));
        return Vector256.LessThan(bound, Vector256.Create(threshold)).ExtractMostSignificantBits();
    }
}
