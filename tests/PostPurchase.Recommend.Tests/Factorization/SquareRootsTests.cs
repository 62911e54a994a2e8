using PostPurchase.Recommend.Factorization;

namespace PostPurchase.Recommend.Tests.Factorization;

public class SquareRootsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(20, 20)]
    [InlineData(20, 7)]
    [InlineData(33, 40)]
    public void The_root_times_itself_is_the_matrix_whatever_its_rank(int size, int rank)
    {
        var matrix = Random(size, rank, 1);
        var root = SquareRoots.Of(matrix, size);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
                Assert.Equal(matrix[(i * size) + j], Enumerable.Range(0, size).Sum(k => root[(i * size) + k] * root[(j * size) + k]), 1e-6);
            Assert.Equal(0, Enumerable.Range(i + 1, size - i - 1).Sum(k => Math.Abs(root[(i * size) + k])));
        }
    }

    [Fact]
    public void The_inverse_undoes_the_root()
    {
        const int size = 19;
        var root = SquareRoots.Of(Random(size, 30, 2), size);
        var inverse = SquareRoots.InverseTransposed(root, size);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, size).Sum(k => root[(i * size) + k] * inverse[(j * size) + k]), 1e-8);
        }
    }

    [Fact]
    public void Directions_left_out_of_the_root_stay_out_of_its_inverse()
    {
        const int size = 12;
        var root = SquareRoots.Of(Random(size, 5, 3), size);
        var inverse = SquareRoots.InverseTransposed(root, size);
        Assert.Equal(5, Enumerable.Range(0, size).Count(i => root[(i * size) + i] > 0));
        for (var i = 0; i < size; i++)
            Assert.Equal(root[(i * size) + i] > 0, inverse.AsSpan(i * size, size).ContainsAnyExcept(0d));
    }

    [Fact]
    public void Sums_take_every_value_once()
    {
        for (var length = 0; length < 40; length++)
        {
            var (a, b) = (Enumerable.Range(1, length).Select(i => (double)i).ToArray(), Enumerable.Range(1, length).Select(i => i * 2d).ToArray());
            Assert.Equal(a.Zip(b, (x, y) => x * y).Sum(), SquareRoots.Dot(a, b));
        }
    }

    /// <summary>The products of some random vectors with each other: symmetric, of that rank at most.</summary>
    private static double[] Random(int size, int rank, ulong seed)
    {
        var random = new SeededRandom(seed);
        var vectors = Enumerable.Range(0, size).Select(_ => Enumerable.Range(0, rank).Select(_ => random.NextNormal()).ToArray()).ToArray();
        return [.. vectors.SelectMany(a => vectors.Select(b => a.Zip(b, (x, y) => x * y).Sum()))];
    }
}
