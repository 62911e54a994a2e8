using System.Runtime.Intrinsics;

namespace PostPurchase.Recommend.Factorization;

/// <summary>
/// Square roots of symmetric matrices, row by row: lower triangles L with L L' the matrix (Cholesky). Directions that depend on earlier
/// ones are left out: their column of L is zero. All sums run in eight fixed lanes, so the machine's vector width does not show.
/// </summary>
internal static class SquareRoots
{
    // A pivot that has lost this share of its diagonal is rounding, not information.
    private const double Dependent = 1e-7;

    /// <summary>The lower triangle L of a positive semidefinite matrix of which the lower triangle is read.</summary>
    public static double[] Of(double[] matrix, int size)
    {
        var lower = new double[size * size];
        for (var row = 0; row < size; row++)
        {
            var own = lower.AsSpan(row * size, size);
            for (var column = 0; column < row; column++)
            {
                var pivot = lower[(column * size) + column];
                own[column] = pivot > 0
                    ? (matrix[(row * size) + column] - Dot(own[..column], lower.AsSpan(column * size, column))) / pivot
                    : 0;
            }

            var diagonal = matrix[(row * size) + row];
            var left = diagonal - Dot(own[..row], own[..row]);
            own[row] = left > Dependent * diagonal ? Math.Sqrt(left) : 0;
        }

        return lower;
    }

    /// <summary>The inverse of a lower triangle, transposed: row c holds column c of the inverse. Columns left out stay zero.</summary>
    public static double[] InverseTransposed(double[] lower, int size)
    {
        var inverse = new double[size * size];
        for (var column = 0; column < size; column++)
        {
            var own = inverse.AsSpan(column * size, size);
            var pivot = lower[(column * size) + column];
            own[column] = pivot > 0 ? 1 / pivot : 0;
            for (var row = column + 1; row < size && pivot > 0; row++)
            {
                var at = lower[(row * size) + row];
                own[row] = at > 0 ? -Dot(lower.AsSpan((row * size) + column, row - column), own[column..row]) / at : 0;
            }
        }

        return inverse;
    }

    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var lanes = Vector512<double>.Zero;
        var i = 0;
        for (; i + Vector512<double>.Count <= left.Length; i += Vector512<double>.Count)
            lanes += Vector512.Create(left[i..]) * Vector512.Create(right[i..]);
        var sum = 0d;
        for (var lane = 0; lane < Vector512<double>.Count; lane++)
            sum += lanes[lane];
        for (; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }
}
