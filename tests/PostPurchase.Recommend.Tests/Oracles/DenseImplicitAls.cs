using PostPurchase.Recommend.Factorization;

namespace PostPurchase.Recommend.Tests.Oracles;

/// <summary>The normal equations and the loss of iALS written down as in the papers, dense, in double, without any shortcut.</summary>
internal static class DenseImplicitAls
{
    public static double[] SolveRow(FactorizationOptions options, double[][] other, IReadOnlyDictionary<int, double> counts)
    {
        var d = options.Factors;
        var a = new double[d, d];
        var b = new double[d];
        var weightSum = 0d;
        for (var j = 0; j < other.Length; j++)
        {
            var c = counts.TryGetValue(j, out var count) ? 1 + (options.ConfidencePerRepeat * Math.Log(Math.Max(count, 1))) : 0;
            weightSum += c;
            for (var x = 0; x < d; x++)
            {
                b[x] += c * other[j][x];
                for (var y = 0; y < d; y++)
                    a[x, y] += (c + options.UnobservedWeight) * other[j][x] * other[j][y];
            }
        }

        var regularization = RowRegularization(options, weightSum, other.Length);
        for (var x = 0; x < d; x++)
            a[x, x] += regularization;
        return SolveLinear(a, b);
    }

    public static double Loss(FactorizationOptions options, double[][] customers, double[][] products, IReadOnlyDictionary<(int, int), double> counts)
    {
        double Confidence(int u, int i) =>
            counts.TryGetValue((u, i), out var count) ? 1 + (options.ConfidencePerRepeat * Math.Log(Math.Max(count, 1))) : 0;
        var loss = 0d;
        for (var u = 0; u < customers.Length; u++)
        {
            for (var i = 0; i < products.Length; i++)
            {
                var score = Dot(customers[u], products[i]);
                loss += (Confidence(u, i) * (1 - score) * (1 - score)) + (options.UnobservedWeight * score * score);
            }

            var weight = Enumerable.Range(0, products.Length).Sum(i => Confidence(u, i));
            loss += RowRegularization(options, weight, products.Length) * Dot(customers[u], customers[u]);
        }

        for (var i = 0; i < products.Length; i++)
        {
            var weight = Enumerable.Range(0, customers.Length).Sum(u => Confidence(u, i));
            loss += RowRegularization(options, weight, customers.Length) * Dot(products[i], products[i]);
        }

        return loss;
    }

    private static double RowRegularization(FactorizationOptions options, double weight, int length) =>
        options.Regularization * Math.Pow(weight + (options.UnobservedWeight * length), options.RegularizationFrequencyExponent);

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    /// <summary>Gaussian elimination with partial pivoting.</summary>
    private static double[] SolveLinear(double[,] a, double[] b)
    {
        var n = b.Length;
        for (var column = 0; column < n; column++)
        {
            var pivot = Enumerable.Range(column, n - column).MaxBy(row => Math.Abs(a[row, column]));
            for (var j = 0; j < n; j++)
                (a[column, j], a[pivot, j]) = (a[pivot, j], a[column, j]);
            (b[column], b[pivot]) = (b[pivot], b[column]);
            for (var row = column + 1; row < n; row++)
            {
                var factor = a[row, column] / a[column, column];
                for (var j = column; j < n; j++)
                    a[row, j] -= factor * a[column, j];
                b[row] -= factor * b[column];
            }
        }

        for (var row = n - 1; row >= 0; row--)
        {
            for (var j = row + 1; j < n; j++)
                b[row] -= a[row, j] * b[j];
            b[row] /= a[row, row];
        }

        return b;
    }
}
