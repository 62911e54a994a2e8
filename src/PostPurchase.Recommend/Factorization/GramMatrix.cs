using System.Numerics.Tensors;
using PostPurchase.Recommend.Scoring.Kernels;

namespace PostPurchase.Recommend.Factorization;

/// <summary>The sum of the outer products of all rows of a matrix with themselves: what all unobserved pairs cost together.</summary>
internal static class GramMatrix
{
    // Fixed, so that the order of additions does not depend on the number of threads.
    private const int MostSegments = 16;
    private const int BlockRows = 256;

    /// <summary>Returns weight x the Gram matrix, padded. Blocks are summed in float, blocks of a segment and segments in double.</summary>
    /// <param name="matrix">The rows.</param>
    /// <param name="weight">A factor on everything.</param>
    /// <param name="rowWeights">A factor on every row's product, or empty for one each.</param>
    /// <param name="run">Threads and cancellation.</param>
    public static float[] Of(FactorMatrix matrix, double weight, float[] rowWeights, TrainingRun run)
    {
        var size = matrix.Stride;
        var blocks = (matrix.Rows + BlockRows - 1) / BlockRows;
        var segmentRows = Math.Max(1, (blocks + MostSegments - 1) / MostSegments) * BlockRows;
        var segments = new double[Math.Max(1, (matrix.Rows + segmentRows - 1) / segmentRows)][];
        ParallelRows.For(matrix.Rows, segmentRows, run, (first, last) => segments[first / segmentRows] = Segment(matrix, rowWeights, first, last));
        var result = new float[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = i; j < size; j++)
            {
                var sum = 0d;
                foreach (var segment in segments)
                    sum += segment is null ? 0 : segment[(i * size) + j];
                result[(i * size) + j] = result[(j * size) + i] = (float)(weight * sum);
            }
        }

        return result;
    }

    private static double[] Segment(FactorMatrix matrix, float[] rowWeights, int first, int last)
    {
        var sum = new double[matrix.Stride * matrix.Stride];
        var block = new float[sum.Length];
        var weighted = new float[rowWeights.Length == 0 ? 0 : BlockRows * matrix.Stride];
        for (var start = first; start < last; start += BlockRows)
        {
            var count = Math.Min(BlockRows, last - start);
            ReadOnlySpan<float> rows = matrix.Block(start, start + count);
            for (var row = 0; row < count && weighted.Length > 0; row++)
            {
                TensorPrimitives.Multiply(
                    rows.Slice(row * matrix.Stride, matrix.Stride), MathF.Sqrt(rowWeights[start + row]), weighted.AsSpan(row * matrix.Stride));
            }

            FloatKernels.Best.Gram(weighted.Length > 0 ? weighted : rows, count, matrix.Stride, block);
            for (var i = 0; i < sum.Length; i++)
                sum[i] += block[i];
        }

        return sum;
    }
}
