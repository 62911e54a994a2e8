using System.Runtime.Intrinsics;
using PostPurchase.Recommend.Factorization;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// The products' vectors scaled to length one, so that a dot product is a cosine. Sums run in one fixed order: what is
/// learned from them must not depend on the width of a machine's registers.
/// </summary>
internal sealed class ProductDirections
{
    private readonly float[] _values;
    private readonly int _factors;

    private ProductDirections(float[] values, int factors)
    {
        _values = values;
        _factors = factors;
    }

    public static ProductDirections From(FactorModel model)
    {
        var values = new float[model.ProductCount * model.Factors];
        for (var p = 0; p < model.ProductCount; p++)
        {
            double squares = 0;
            foreach (var value in model.Product(p))
                squares += (double)value * value;
            var scale = squares > 0 ? 1 / Math.Sqrt(squares) : 0;
            for (var f = 0; f < model.Factors; f++)
                values[(p * model.Factors) + f] = (float)(model.Product(p)[f] * scale);
        }

        return new ProductDirections(values, model.Factors);
    }

    public void AddTo(Span<float> sum, int product, float weight)
    {
        for (var f = 0; f < sum.Length; f++)
            sum[f] += weight * _values[(product * _factors) + f];
    }

    /// <summary>The dot product of the vector with each of the products' directions.</summary>
    public void Dot(ReadOnlySpan<float> vector, ReadOnlySpan<int> products, Span<float> dots)
    {
        var done = 0;
        // One sum is a chain of steps that wait for each other: four of them take no longer.
        for (; done + 4 <= products.Length; done += 4)
        {
            var a = Direction(products[done]);
            var b = Direction(products[done + 1]);
            var c = Direction(products[done + 2]);
            var d = Direction(products[done + 3]);
            var sum = Vector128<float>.Zero;
            for (var f = 0; f < vector.Length; f++)
                sum += Vector128.Create(vector[f]) * Vector128.Create(a[f], b[f], c[f], d[f]);
            sum.CopyTo(dots[done..]);
        }

        for (; done < products.Length; done++)
        {
            var direction = Direction(products[done]);
            var sum = 0f;
            for (var f = 0; f < direction.Length; f++)
                sum += vector[f] * direction[f];
            dots[done] = sum;
        }
    }

    private ReadOnlySpan<float> Direction(int product) => _values.AsSpan(product * _factors, _factors);
}
