using PostPurchase.Recommend.Scoring.Kernels;

namespace PostPurchase.Recommend.Tests.Scoring;

/// <summary>Every kernel must give the bits of the scalar one, whatever the input.</summary>
public class FloatKernelTests
{
    public static TheoryData<string> Vectorized => [.. FloatKernels.All.Skip(1).Select(kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(Vectorized))]
    public void All_kernels_give_the_bits_of_the_scalar_one(string name)
    {
        var kernel = FloatKernels.Choose(name);
        var scalar = FloatKernels.Scalar;
        var random = new SeededRandom(3);
        foreach (var size in new[] { 16, 32, 48, 64, 144 })
        {
            foreach (var rows in new[] { 0, 1, 3, 4, 5, 8, 9, 31 })
            {
                var matrix = Values((rows + 1) * size, random);
                var square = Values(size * size, random);
                var point = Values(size, random);
                Assert.Equal(scalar.Dot(matrix.AsSpan(0, size), point), kernel.Dot(matrix.AsSpan(0, size), point));
                Same(size * rows, result => scalar.Multiply(matrix, rows, square, size, result), result => kernel.Multiply(matrix, rows, square, size, result));
                Same(size * size, result => scalar.Gram(matrix, rows, size, result), result => kernel.Gram(matrix, rows, size, result));
                Same(size, result => scalar.NegateWithScaled(result, 0.3f, point), result => kernel.NegateWithScaled(result, 0.3f, point));
                Same(size, result => scalar.ScaleAndAdd(result, 0.3f, point), result => kernel.ScaleAndAdd(result, 0.3f, point));
                Same(size, result => scalar.AddScaled(result, 0.3f, point), result => kernel.AddScaled(result, 0.3f, point));
                Same(
                    size, result => scalar.Precondition(point, square.AsSpan(0, size), 4, result),
                    result => kernel.Precondition(point, square.AsSpan(0, size), 4, result));
                Assert.Equal(
                    scalar.Precondition(point, square.AsSpan(0, size), 4, new float[size]),
                    kernel.Precondition(point, square.AsSpan(0, size), 4, new float[size]));
                int[] entries = [.. Enumerable.Range(0, rows).Select(i => random.Next(rows))];
                var weights = Values(rows, random);
                float left = 0, right = 0;
                Same(
                    size,
                    result => left = scalar.AddResidual(matrix, size, entries, weights, 1, point, result),
                    result => right = kernel.AddResidual(matrix, size, entries, weights, 1, point, result));
                Assert.Equal(left, right);
                // Entries beyond the weights are fetched and change nothing.
                int[] more = [.. entries, .. Enumerable.Range(0, rows)];
                Same(
                    size,
                    result => left = scalar.AddResidual(matrix, size, entries, weights, 1, point, result),
                    result => right = kernel.AddResidual(matrix, size, more, weights, 1, point, result));
                Assert.Equal(left, right);
            }
        }
    }

    [Fact]
    public void The_scalar_kernel_does_what_it_says()
    {
        var random = new SeededRandom(4);
        const int size = 32;
        const int rows = 11;
        var matrix = Values(rows * size, random);
        var square = Values(size * size, random);
        var point = Values(size, random);
        var weights = Values(rows, random);
        int[] entries = [.. Enumerable.Range(0, rows)];
        double At(int row, int column) => matrix[(row * size) + column];
        Assert.Equal(Enumerable.Range(0, size).Sum(k => At(0, k) * point[k]), FloatKernels.Scalar.Dot(matrix.AsSpan(0, size), point), 1e-4);
        var product = new float[rows * size];
        FloatKernels.Scalar.Multiply(matrix, rows, square, size, product);
        var gram = new float[size * size];
        FloatKernels.Scalar.Gram(matrix, rows, size, gram);
        var residual = new float[size];
        var loss = FloatKernels.Scalar.AddResidual(matrix, size, entries, weights, 0.7f, point, residual);
        double Miss(int row) => 0.7f - Enumerable.Range(0, size).Sum(k => At(row, k) * point[k]);
        Assert.Equal(entries.Sum(row => weights[row] * Miss(row) * Miss(row)), loss, 1e-3);
        float[] negated = [.. point], scaled = [.. point], quotient = new float[size];
        FloatKernels.Scalar.NegateWithScaled(negated, 0.5f, matrix.AsSpan(0, size));
        FloatKernels.Scalar.ScaleAndAdd(scaled, 0.5f, matrix.AsSpan(0, size));
        var energy = FloatKernels.Scalar.Precondition(point, square.AsSpan(0, size), 5, quotient);
        Assert.Equal(Enumerable.Range(0, size).Sum(k => (double)point[k] * point[k] / (square[k] + 5)), energy, 1e-3);
        for (var j = 0; j < size; j++)
        {
            Assert.Equal(-(point[j] + (0.5 * At(0, j))), negated[j], 1e-5);
            Assert.Equal((0.5 * point[j]) + At(0, j), scaled[j], 1e-5);
            Assert.Equal(point[j] / (square[j] + 5), quotient[j], 1e-5);
            Assert.Equal(entries.Sum(row => weights[row] * Miss(row) * At(row, j)), residual[j], 1e-3);
            for (var row = 0; row < rows; row++)
                Assert.Equal(Enumerable.Range(0, size).Sum(k => At(row, k) * square[(k * size) + j]), product[(row * size) + j], 1e-4);
            for (var i = 0; i <= j; i++)
                Assert.Equal(entries.Sum(row => At(row, i) * At(row, j)), gram[(i * size) + j], 1e-4);
        }
    }

    [Fact]
    public void The_switch_forces_a_kernel_and_names_the_choices_when_it_is_wrong()
    {
        foreach (var kernel in FloatKernels.All)
            Assert.Same(kernel, FloatKernels.Choose(kernel.Name.ToUpperInvariant()));
        Assert.Contains(FloatKernels.Choose(null), FloatKernels.All);
        var thrown = Assert.Throws<ArgumentException>(() => FloatKernels.Choose("avx1024"));
        Assert.Contains("scalar, vector128, vector256, vector512", thrown.Message, StringComparison.Ordinal);
    }

    private static void Same(int length, Action<float[]> expected, Action<float[]> actual)
    {
        // Both start from the same values, since some operations add to what is there.
        var random = new SeededRandom(5);
        var left = Values(length, random);
        float[] right = [.. left];
        expected(left);
        actual(right);
        Assert.Equal(left, right);
    }

    private static float[] Values(int length, SeededRandom random)
    {
        var values = new float[length];
        foreach (ref var value in values.AsSpan())
            value = (float)random.NextNormal();
        return values;
    }
}
