using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PostPurchase.Recommend.Scoring.Kernels;

/// <summary>The kernels over one kind of sixteen floats; the runtime compiles one machine-code version for each.</summary>
internal sealed class FloatKernelOf<T>(string name) : FloatKernel
    where T : struct, ISixteenFloats<T>
{
    // Customers scored side by side: as many sums as fit into the registers of the widest machines.
    private const int Group = 8;

    public override string Name => name;

    public override float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        Debug.Assert(left.Length == right.Length && left.Length % Lanes == 0);
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        var sum = T.Broadcast(0);
        for (var i = 0; i < left.Length; i += Lanes)
            sum = T.MultiplyAdd(T.Load(in Unsafe.Add(ref a, i)), T.Load(in Unsafe.Add(ref b, i)), sum);
        return T.Sum(sum);
    }

    public override void AddScaled(Span<float> target, float factor, ReadOnlySpan<float> source)
    {
        Debug.Assert(target.Length == source.Length && target.Length % Lanes == 0);
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(source);
        var scale = T.Broadcast(factor);
        for (var i = 0; i < target.Length; i += Lanes)
            T.Store(T.MultiplyAdd(scale, T.Load(in Unsafe.Add(ref from, i)), T.Load(in Unsafe.Add(ref to, i))), ref Unsafe.Add(ref to, i));
    }

    public override float AddResidual(
        ReadOnlySpan<float> matrix, int stride, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights,
        float target, ReadOnlySpan<float> point, Span<float> residual)
    {
        Debug.Assert(point.Length == stride && residual.Length == stride && rows.Length == weights.Length);
        ref var x = ref MemoryMarshal.GetReference(matrix);
        ref var p = ref MemoryMarshal.GetReference(point);
        ref var z = ref MemoryMarshal.GetReference(residual);
        var loss = 0f;
        var entry = 0;
        // Four entries at a time: their sums run side by side, and point and residual are read a quarter as often.
        for (; entry + 4 <= rows.Length; entry += 4)
        {
            ref var x0 = ref Unsafe.Add(ref x, (nint)rows[entry] * stride);
            ref var x1 = ref Unsafe.Add(ref x, (nint)rows[entry + 1] * stride);
            ref var x2 = ref Unsafe.Add(ref x, (nint)rows[entry + 2] * stride);
            ref var x3 = ref Unsafe.Add(ref x, (nint)rows[entry + 3] * stride);
            var s0 = T.Broadcast(0);
            var s1 = s0;
            var s2 = s0;
            var s3 = s0;
            for (var i = 0; i < stride; i += Lanes)
            {
                var at = T.Load(in Unsafe.Add(ref p, i));
                s0 = T.MultiplyAdd(T.Load(in Unsafe.Add(ref x0, i)), at, s0);
                s1 = T.MultiplyAdd(T.Load(in Unsafe.Add(ref x1, i)), at, s1);
                s2 = T.MultiplyAdd(T.Load(in Unsafe.Add(ref x2, i)), at, s2);
                s3 = T.MultiplyAdd(T.Load(in Unsafe.Add(ref x3, i)), at, s3);
            }

            var miss0 = target - T.Sum(s0);
            var miss1 = target - T.Sum(s1);
            var miss2 = target - T.Sum(s2);
            var miss3 = target - T.Sum(s3);
            var pull0 = weights[entry] * miss0;
            var pull1 = weights[entry + 1] * miss1;
            var pull2 = weights[entry + 2] * miss2;
            var pull3 = weights[entry + 3] * miss3;
            loss += ((pull0 * miss0) + (pull1 * miss1)) + ((pull2 * miss2) + (pull3 * miss3));
            var c0 = T.Broadcast(pull0);
            var c1 = T.Broadcast(pull1);
            var c2 = T.Broadcast(pull2);
            var c3 = T.Broadcast(pull3);
            for (var i = 0; i < stride; i += Lanes)
            {
                var sum = T.MultiplyAdd(c0, T.Load(in Unsafe.Add(ref x0, i)), T.Load(in Unsafe.Add(ref z, i)));
                sum = T.MultiplyAdd(c1, T.Load(in Unsafe.Add(ref x1, i)), sum);
                sum = T.MultiplyAdd(c2, T.Load(in Unsafe.Add(ref x2, i)), sum);
                sum = T.MultiplyAdd(c3, T.Load(in Unsafe.Add(ref x3, i)), sum);
                T.Store(sum, ref Unsafe.Add(ref z, i));
            }
        }

        for (; entry < rows.Length; entry++)
        {
            var row = matrix.Slice(rows[entry] * stride, stride);
            var miss = target - Dot(row, point);
            var pull = weights[entry] * miss;
            loss += pull * miss;
            AddScaled(residual, pull, row);
        }

        return loss;
    }

    public override void Multiply(ReadOnlySpan<float> left, int rows, ReadOnlySpan<float> square, int size, Span<float> product)
    {
        Debug.Assert(left.Length >= rows * size && square.Length == size * size && product.Length >= rows * size);
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(square);
        ref var c = ref MemoryMarshal.GetReference(product);
        for (var column = 0; column < size; column += Lanes)
        {
            var row = 0;
            for (; row + 8 <= rows; row += 8)
                MultiplyEight(ref Unsafe.Add(ref a, row * size), size, ref Unsafe.Add(ref b, column), size, size, ref Unsafe.Add(ref c, (row * size) + column), size);
            for (; row < rows; row++)
                MultiplyOne(ref Unsafe.Add(ref a, row * size), ref Unsafe.Add(ref b, column), size, ref Unsafe.Add(ref c, (row * size) + column));
        }
    }

    public override void Gram(ReadOnlySpan<float> rows, int count, int size, Span<float> square)
    {
        Debug.Assert(rows.Length >= count * size && square.Length == size * size);
        ref var x = ref MemoryMarshal.GetReference(rows);
        ref var g = ref MemoryMarshal.GetReference(square);
        for (var i = 0; i < size; i += 8)
        {
            for (var j = i / Lanes * Lanes; j < size; j += Lanes)
                GramEight(ref Unsafe.Add(ref x, i), ref Unsafe.Add(ref x, j), count, size, ref Unsafe.Add(ref g, (i * size) + j));
        }
    }

    public override void Scan(ItemPanels items, ReadOnlySpan<float> customer, ReadOnlySpan<ulong> eligible, ref BestItems best)
    {
        ref var values = ref MemoryMarshal.GetArrayDataReference(items.Values);
        ref var q = ref MemoryMarshal.GetReference(customer);
        Span<float> scores = stackalloc float[ItemPanels.Width];
        ref var score = ref MemoryMarshal.GetReference(scores);
        var threshold = T.Broadcast(best.Threshold);
        for (var panel = 0; panel < items.Panels; panel++)
        {
            var allowed = items.Existing(panel) & (eligible.IsEmpty ? ulong.MaxValue : eligible[panel]);
            if (allowed == 0)
                continue;
            ref var x = ref Unsafe.Add(ref values, (nint)panel * items.Factors * ItemPanels.Width);
            var s0 = T.Broadcast(0);
            var s1 = s0;
            var s2 = s0;
            var s3 = s0;
            for (var k = 0; k < customer.Length; k++)
            {
                var factor = T.Broadcast(Unsafe.Add(ref q, k));
                ref var at = ref Unsafe.Add(ref x, (nint)k * ItemPanels.Width);
                s0 = T.MultiplyAdd(factor, T.Load(in at), s0);
                s1 = T.MultiplyAdd(factor, T.Load(in Unsafe.Add(ref at, Lanes)), s1);
                s2 = T.MultiplyAdd(factor, T.Load(in Unsafe.Add(ref at, 2 * Lanes)), s2);
                s3 = T.MultiplyAdd(factor, T.Load(in Unsafe.Add(ref at, 3 * Lanes)), s3);
            }

            var above = T.GreaterMask(s0, threshold) | ((ulong)T.GreaterMask(s1, threshold) << Lanes)
                | ((ulong)T.GreaterMask(s2, threshold) << (2 * Lanes)) | ((ulong)T.GreaterMask(s3, threshold) << (3 * Lanes));
            above &= allowed;
            if (above == 0)
                continue;
            T.Store(s0, ref score);
            T.Store(s1, ref Unsafe.Add(ref score, Lanes));
            T.Store(s2, ref Unsafe.Add(ref score, 2 * Lanes));
            T.Store(s3, ref Unsafe.Add(ref score, 3 * Lanes));
            for (; above != 0; above &= above - 1)
            {
                var lane = BitOperations.TrailingZeroCount(above);
                best.Offer(new ScoredItem((panel * ItemPanels.Width) + lane, scores[lane]));
            }

            threshold = T.Broadcast(best.Threshold);
        }
    }

    public override void ScanMany(
        ItemPanels items, ReadOnlySpan<float> customers, ReadOnlySpan<ulong> eligible, Span<ScoredItem> best, Span<int> found)
    {
        var wanted = best.Length / found.Length;
        Span<float> scores = stackalloc float[Group * ItemPanels.Width];
        ref var score = ref MemoryMarshal.GetReference(scores);
        ref var q = ref MemoryMarshal.GetReference(customers);
        ref var values = ref MemoryMarshal.GetArrayDataReference(items.Values);
        var whole = found.Length / Group * Group;
        for (var panel = 0; panel < items.Panels; panel++)
        {
            ref var x = ref Unsafe.Add(ref values, (nint)panel * items.Factors * ItemPanels.Width);
            for (var customer = 0; customer < whole; customer += Group)
            {
                for (var lane = 0; lane < ItemPanels.Width; lane += Lanes)
                {
                    MultiplyEight(
                        ref Unsafe.Add(ref q, (nint)customer * items.Factors), items.Factors, ref Unsafe.Add(ref x, lane), ItemPanels.Width,
                        items.Factors, ref Unsafe.Add(ref score, lane), ItemPanels.Width);
                }

                for (var c = customer; c < customer + Group; c++)
                {
                    var allowed = items.Existing(panel) & (eligible.IsEmpty ? ulong.MaxValue : eligible[(c * items.Panels) + panel]);
                    var heap = new BestItems(best.Slice(c * wanted, wanted), found[c]);
                    OfferPanel(scores.Slice((c - customer) * ItemPanels.Width, ItemPanels.Width), panel, allowed, ref heap);
                    found[c] = heap.Count;
                }
            }
        }

        for (var c = whole; c < found.Length; c++)
        {
            var heap = new BestItems(best.Slice(c * wanted, wanted));
            Scan(
                items, customers.Slice(c * items.Factors, items.Factors),
                eligible.IsEmpty ? [] : eligible.Slice(c * items.Panels, items.Panels), ref heap);
            found[c] = heap.Count;
        }
    }

    private static void OfferPanel(scoped ReadOnlySpan<float> scores, int panel, ulong allowed, ref BestItems best)
    {
        ref var score = ref MemoryMarshal.GetReference(scores);
        var threshold = T.Broadcast(best.Threshold);
        var above = allowed & (T.GreaterMask(T.Load(in score), threshold)
            | ((ulong)T.GreaterMask(T.Load(in Unsafe.Add(ref score, Lanes)), threshold) << Lanes)
            | ((ulong)T.GreaterMask(T.Load(in Unsafe.Add(ref score, 2 * Lanes)), threshold) << (2 * Lanes))
            | ((ulong)T.GreaterMask(T.Load(in Unsafe.Add(ref score, 3 * Lanes)), threshold) << (3 * Lanes)));
        for (; above != 0; above &= above - 1)
        {
            var lane = BitOperations.TrailingZeroCount(above);
            best.Offer(new ScoredItem((panel * ItemPanels.Width) + lane, scores[lane]));
        }
    }

    /// <summary>Eight rows of the left side times sixteen columns of the right one: each product is one chain over the inner index.</summary>
    private static void MultiplyEight(ref float a, int aStride, ref float b, int bStride, int inner, ref float c, int cStride)
    {
        var s0 = T.Broadcast(0);
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        var s4 = s0;
        var s5 = s0;
        var s6 = s0;
        var s7 = s0;
        for (var k = 0; k < inner; k++)
        {
            var right = T.Load(in Unsafe.Add(ref b, (nint)k * bStride));
            ref var left = ref Unsafe.Add(ref a, k);
            s0 = T.MultiplyAdd(T.Broadcast(left), right, s0);
            s1 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref left, aStride)), right, s1);
            s2 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref left, 2 * aStride)), right, s2);
            s3 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref left, 3 * aStride)), right, s3);
            s4 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref left, 4 * aStride)), right, s4);
            s5 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref left, 5 * aStride)), right, s5);
            s6 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref left, 6 * aStride)), right, s6);
            s7 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref left, 7 * aStride)), right, s7);
        }

        StoreEight(s0, s1, s2, s3, s4, s5, s6, s7, ref c, cStride);
    }

    private static void MultiplyOne(ref float a, ref float b, int size, ref float c)
    {
        var sum = T.Broadcast(0);
        for (var k = 0; k < size; k++)
            sum = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, k)), T.Load(in Unsafe.Add(ref b, (nint)k * size)), sum);
        T.Store(sum, ref c);
    }

    private static void GramEight(ref float left, ref float right, int count, int size, ref float g)
    {
        var s0 = T.Broadcast(0);
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        var s4 = s0;
        var s5 = s0;
        var s6 = s0;
        var s7 = s0;
        for (nint row = 0; row < (nint)count * size; row += size)
        {
            var columns = T.Load(in Unsafe.Add(ref right, row));
            ref var value = ref Unsafe.Add(ref left, row);
            s0 = T.MultiplyAdd(T.Broadcast(value), columns, s0);
            s1 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref value, 1)), columns, s1);
            s2 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref value, 2)), columns, s2);
            s3 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref value, 3)), columns, s3);
            s4 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref value, 4)), columns, s4);
            s5 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref value, 5)), columns, s5);
            s6 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref value, 6)), columns, s6);
            s7 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref value, 7)), columns, s7);
        }

        StoreEight(s0, s1, s2, s3, s4, s5, s6, s7, ref g, size);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreEight(T s0, T s1, T s2, T s3, T s4, T s5, T s6, T s7, ref float c, int stride)
    {
        T.Store(s0, ref c);
        T.Store(s1, ref Unsafe.Add(ref c, stride));
        T.Store(s2, ref Unsafe.Add(ref c, 2 * stride));
        T.Store(s3, ref Unsafe.Add(ref c, 3 * stride));
        T.Store(s4, ref Unsafe.Add(ref c, 4 * stride));
        T.Store(s5, ref Unsafe.Add(ref c, 5 * stride));
        T.Store(s6, ref Unsafe.Add(ref c, 6 * stride));
        T.Store(s7, ref Unsafe.Add(ref c, 7 * stride));
    }
}
