using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PostPurchase.Recommend.Scoring.Kernels;

/// <summary>The kernels over one kind of sixteen floats; the runtime compiles one machine-code version for each.</summary>
internal sealed class FloatKernelOf<T>(string name) : FloatKernel
    where T : struct, ISixteenFloats<T>
{
    // The rows of a factor matrix lie anywhere in the outer caches: asked for so many entries early, they are there when their turn comes.
    private const int Ahead = 8;

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

    public override void NegateWithScaled(Span<float> product, float factor, ReadOnlySpan<float> source)
    {
        Debug.Assert(product.Length == source.Length && product.Length % Lanes == 0);
        ref var to = ref MemoryMarshal.GetReference(product);
        ref var from = ref MemoryMarshal.GetReference(source);
        var scale = T.Broadcast(factor);
        var minus = T.Broadcast(-1);
        for (var i = 0; i < product.Length; i += Lanes)
        {
            var sum = T.MultiplyAdd(scale, T.Load(in Unsafe.Add(ref from, i)), T.Load(in Unsafe.Add(ref to, i)));
            T.Store(T.Multiply(minus, sum), ref Unsafe.Add(ref to, i));
        }
    }

    public override void ScaleAndAdd(Span<float> target, float factor, ReadOnlySpan<float> source)
    {
        Debug.Assert(target.Length == source.Length && target.Length % Lanes == 0);
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(source);
        var scale = T.Broadcast(factor);
        for (var i = 0; i < target.Length; i += Lanes)
            T.Store(T.MultiplyAdd(scale, T.Load(in Unsafe.Add(ref to, i)), T.Load(in Unsafe.Add(ref from, i))), ref Unsafe.Add(ref to, i));
    }

    public override float Precondition(ReadOnlySpan<float> residual, ReadOnlySpan<float> diagonal, float shift, Span<float> scaled)
    {
        Debug.Assert(residual.Length == diagonal.Length && residual.Length == scaled.Length && residual.Length % Lanes == 0);
        ref var r = ref MemoryMarshal.GetReference(residual);
        ref var g = ref MemoryMarshal.GetReference(diagonal);
        ref var z = ref MemoryMarshal.GetReference(scaled);
        var added = T.Broadcast(shift);
        var sum = T.Broadcast(0);
        for (var i = 0; i < residual.Length; i += Lanes)
        {
            var value = T.Load(in Unsafe.Add(ref r, i));
            var quotient = T.Divide(value, T.Add(T.Load(in Unsafe.Add(ref g, i)), added));
            T.Store(quotient, ref Unsafe.Add(ref z, i));
            sum = T.MultiplyAdd(value, quotient, sum);
        }

        return T.Sum(sum);
    }

    public override float AddResidual(
        ReadOnlySpan<float> matrix, int stride, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights,
        float target, ReadOnlySpan<float> point, Span<float> residual)
    {
        Debug.Assert(point.Length == stride && residual.Length == stride && rows.Length >= weights.Length);
        ref var x = ref MemoryMarshal.GetReference(matrix);
        ref var p = ref MemoryMarshal.GetReference(point);
        ref var z = ref MemoryMarshal.GetReference(residual);
        var loss = 0f;
        var entry = 0;
        // Four entries at a time: their sums run side by side, and point and residual are read a quarter as often.
        for (; entry + 4 <= weights.Length; entry += 4)
        {
            foreach (var row in rows[Math.Min(entry + Ahead, rows.Length)..Math.Min(entry + Ahead + 4, rows.Length)])
                CacheLines.Fetch(ref Unsafe.Add(ref x, (nint)row * stride), stride);
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

        for (; entry < weights.Length; entry++)
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
        using var packed = new PackedRows(left, rows, size);
        Span<float> last = stackalloc float[PackedRows.Group * 2 * Lanes];
        ref var b = ref MemoryMarshal.GetReference(square);
        ref var c = ref MemoryMarshal.GetReference(product);
        for (var column = 0; column < size; column += 2 * Lanes)
        {
            var wide = column + Lanes < size;
            for (var row = 0; row < rows; row += PackedRows.Group)
            {
                ref var a = ref packed.GroupAt(row);
                if (row + PackedRows.Group <= rows)
                {
                    Tile(ref a, PackedRows.Group, ref Unsafe.Add(ref b, column), size, size, wide, ref Unsafe.Add(ref c, (row * size) + column), size);
                    continue;
                }

                Tile(ref a, PackedRows.Group, ref Unsafe.Add(ref b, column), size, size, wide, ref MemoryMarshal.GetReference(last), 2 * Lanes);
                for (var r = row; r < rows; r++)
                    last.Slice((r - row) * 2 * Lanes, wide ? 2 * Lanes : Lanes).CopyTo(product[((r * size) + column)..]);
            }
        }
    }

    public override void Gram(ReadOnlySpan<float> rows, int count, int size, Span<float> square)
    {
        Debug.Assert(rows.Length >= count * size && square.Length == size * size);
        ref var x = ref MemoryMarshal.GetReference(rows);
        ref var g = ref MemoryMarshal.GetReference(square);
        for (var i = 0; i < size; i += PackedRows.Group)
        {
            for (var j = i / Lanes * Lanes; j < size; j += 2 * Lanes)
                Tile(ref Unsafe.Add(ref x, i), size, ref Unsafe.Add(ref x, j), size, count, j + Lanes < size, ref Unsafe.Add(ref g, (i * size) + j), size);
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
        using var packed = new PackedRows(customers, found.Length, items.Factors);
        Span<float> scores = stackalloc float[PackedRows.Group * ItemPanels.Width];
        ref var score = ref MemoryMarshal.GetReference(scores);
        ref var values = ref MemoryMarshal.GetArrayDataReference(items.Values);
        for (var panel = 0; panel < items.Panels; panel++)
        {
            ref var x = ref Unsafe.Add(ref values, (nint)panel * items.Factors * ItemPanels.Width);
            var existing = items.Existing(panel);
            for (var customer = 0; customer < found.Length; customer += PackedRows.Group)
            {
                ref var q = ref packed.GroupAt(customer);
                for (var lane = 0; lane < ItemPanels.Width; lane += 2 * Lanes)
                {
                    Tile(
                        ref q, PackedRows.Group, ref Unsafe.Add(ref x, lane), ItemPanels.Width, items.Factors, wide: true,
                        ref Unsafe.Add(ref score, lane), ItemPanels.Width);
                }

                var end = Math.Min(customer + PackedRows.Group, found.Length);
                for (var c = customer; c < end; c++)
                {
                    var allowed = existing & (eligible.IsEmpty ? ulong.MaxValue : eligible[(c * items.Panels) + panel]);
                    var heap = new BestItems(best.Slice(c * wanted, wanted), found[c]);
                    OfferPanel(scores.Slice((c - customer) * ItemPanels.Width, ItemPanels.Width), panel, allowed, ref heap);
                    found[c] = heap.Count;
                }
            }
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

    /// <summary>
    /// Eight rows of the left side times thirty-two or sixteen columns of the right one, in registers; each product is one chain over the
    /// inner index. The eight left values of an inner index stand side by side.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile(ref float a, int aStride, ref float b, int bStride, int inner, bool wide, ref float c, int cStride)
    {
        // Sixteen sums fit where one register holds sixteen floats; elsewhere they would spill.
        if (typeof(T) == typeof(Vector512Sixteen) && wide)
        {
            WideTile(ref a, aStride, ref b, bStride, inner, ref c, cStride);
            return;
        }

        for (var column = 0; column < (wide ? 2 * Lanes : Lanes); column += Lanes)
        {
            NarrowTile(ref a, aStride, ref Unsafe.Add(ref b, column), bStride, inner, ref Unsafe.Add(ref c, column), cStride);
            NarrowTile(
                ref Unsafe.Add(ref a, 4), aStride, ref Unsafe.Add(ref b, column), bStride, inner, ref Unsafe.Add(ref c, (4 * cStride) + column), cStride);
        }
    }

    private static void WideTile(ref float a, nint aStride, ref float b, nint bStride, int inner, ref float c, int cStride)
    {
        var l0 = T.Broadcast(0);
        var l1 = l0;
        var l2 = l0;
        var l3 = l0;
        var l4 = l0;
        var l5 = l0;
        var l6 = l0;
        var l7 = l0;
        var r0 = l0;
        var r1 = l0;
        var r2 = l0;
        var r3 = l0;
        var r4 = l0;
        var r5 = l0;
        var r6 = l0;
        var r7 = l0;
        for (; inner > 0; inner--)
        {
            var left = T.Load(in b);
            var right = T.Load(in Unsafe.Add(ref b, Lanes));
            var value = T.Broadcast(a);
            l0 = T.MultiplyAdd(value, left, l0);
            r0 = T.MultiplyAdd(value, right, r0);
            value = T.Broadcast(Unsafe.Add(ref a, 1));
            l1 = T.MultiplyAdd(value, left, l1);
            r1 = T.MultiplyAdd(value, right, r1);
            value = T.Broadcast(Unsafe.Add(ref a, 2));
            l2 = T.MultiplyAdd(value, left, l2);
            r2 = T.MultiplyAdd(value, right, r2);
            value = T.Broadcast(Unsafe.Add(ref a, 3));
            l3 = T.MultiplyAdd(value, left, l3);
            r3 = T.MultiplyAdd(value, right, r3);
            value = T.Broadcast(Unsafe.Add(ref a, 4));
            l4 = T.MultiplyAdd(value, left, l4);
            r4 = T.MultiplyAdd(value, right, r4);
            value = T.Broadcast(Unsafe.Add(ref a, 5));
            l5 = T.MultiplyAdd(value, left, l5);
            r5 = T.MultiplyAdd(value, right, r5);
            value = T.Broadcast(Unsafe.Add(ref a, 6));
            l6 = T.MultiplyAdd(value, left, l6);
            r6 = T.MultiplyAdd(value, right, r6);
            value = T.Broadcast(Unsafe.Add(ref a, 7));
            l7 = T.MultiplyAdd(value, left, l7);
            r7 = T.MultiplyAdd(value, right, r7);
            a = ref Unsafe.Add(ref a, aStride);
            b = ref Unsafe.Add(ref b, bStride);
        }

        StoreFour(l0, l1, l2, l3, ref c, cStride);
        StoreFour(l4, l5, l6, l7, ref Unsafe.Add(ref c, 4 * cStride), cStride);
        StoreFour(r0, r1, r2, r3, ref Unsafe.Add(ref c, Lanes), cStride);
        StoreFour(r4, r5, r6, r7, ref Unsafe.Add(ref c, (4 * cStride) + Lanes), cStride);
    }

    private static void NarrowTile(ref float a, nint aStride, ref float b, nint bStride, int inner, ref float c, int cStride)
    {
        var s0 = T.Broadcast(0);
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        for (; inner > 0; inner--)
        {
            var right = T.Load(in b);
            s0 = T.MultiplyAdd(T.Broadcast(a), right, s0);
            s1 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 1)), right, s1);
            s2 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 2)), right, s2);
            s3 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 3)), right, s3);
            a = ref Unsafe.Add(ref a, aStride);
            b = ref Unsafe.Add(ref b, bStride);
        }

        StoreFour(s0, s1, s2, s3, ref c, cStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour(T s0, T s1, T s2, T s3, ref float c, int stride)
    {
        T.Store(s0, ref c);
        T.Store(s1, ref Unsafe.Add(ref c, stride));
        T.Store(s2, ref Unsafe.Add(ref c, 2 * stride));
        T.Store(s3, ref Unsafe.Add(ref c, 3 * stride));
    }
}
