using System.Numerics.Tensors;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// Hoare's selection with the median of three as pivot, so it is deterministic. Long spans are first counted into buckets by
/// their leading bits, which has no branch to be mispredicted, and only the bucket that holds the place is looked into.
/// </summary>
internal static class Quickselect
{
    private const int WorthCounting = 512;
    private const int BucketBits = 11;

    /// <summary>The value at the place in descending order; the span is overwritten. There may be no NaN in it.</summary>
    public static float Descending(Span<float> values, int place)
    {
        if (values.Length >= WorthCounting)
            values = values[..Narrow(values, ref place)];
        var low = 0;
        var high = values.Length - 1;
        while (low < high)
        {
            var (a, b, c) = (values[low], values[low + ((high - low) >> 1)], values[high]);
            var pivot = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
            var i = low;
            var j = high;
            while (i <= j)
            {
                while (values[i] > pivot)
                    i++;
                while (values[j] < pivot)
                    j--;
                if (i > j)
                    break;
                (values[i], values[j]) = (values[j], values[i]);
                i++;
                j--;
            }

            if (place <= j)
                high = j;
            else if (place >= i)
                low = i;
            else
                return values[place];
        }

        return values[place];
    }

    /// <summary>
    /// A value that at least so many of the values reach, and not many more; <see cref="float.NegativeInfinity"/> when there are too few to tell. Of groups
    /// of values only the largest is looked at, which needs no branch: each group whose largest reaches the bound brings one value at least.
    /// </summary>
    public static float ReachedBy(int wanted, ReadOnlySpan<float> values, Span<float> room)
    {
        var groups = 2 * wanted;
        if (values.Length < groups)
            return float.NegativeInfinity;
        var largest = room[..groups];
        values[..groups].CopyTo(largest);
        for (var from = groups; from + groups <= values.Length; from += groups)
            TensorPrimitives.Max(largest, values.Slice(from, groups), largest);
        return Descending(largest, wanted - 1);
    }

    // Moves the bucket of the place to the front, and gives its length.
    private static int Narrow(Span<float> values, ref int place)
    {
        Span<int> counts = stackalloc int[1 << BucketBits];
        counts.Clear();
        foreach (var value in values)
            counts[Bucket(value)]++;
        var bucket = counts.Length - 1;
        while (place >= counts[bucket])
            place -= counts[bucket--];
        var kept = 0;
        foreach (var value in values)
        {
            values[kept] = value;
            kept += Bucket(value) == bucket ? 1 : 0;
        }

        return kept;
    }

    // Larger floats have larger bits once those of negative ones are turned round; 0 and -0 are one value.
    private static int Bucket(float value)
    {
        var bits = BitConverter.SingleToInt32Bits(value + 0f);
        return (int)((uint)(bits ^ ((bits >> 31) | int.MinValue)) >> (32 - BucketBits));
    }
}
