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

    public float Dot(ReadOnlySpan<float> vector, int product)
    {
        var direction = _values.AsSpan(product * _factors, _factors);
        var sum = 0f;
        for (var f = 0; f < direction.Length; f++)
            sum += vector[f] * direction[f];
        return sum;
    }
}
