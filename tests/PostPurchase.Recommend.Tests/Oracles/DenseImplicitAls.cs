using PostPurchase.Recommend.Factorization;

namespace PostPurchase.Recommend.Tests.Oracles;

/// <summary>The normal equations and the loss of iALS written down as in the papers, dense, in double, without any shortcut.</summary>
internal static class DenseImplicitAls
{
    /// <summary>The factor on purchases and the factor on absences of every product, from its number of customers.</summary>
    public static (double[] Purchase, double[] Absence) Popularity(
        FactorizationOptions options, int products, IReadOnlyDictionary<(int Customer, int Product), double> counts)
    {
        var customers = new double[products];
        foreach (var (_, product) in counts.Keys)
            customers[product]++;
        var mean = customers.Where(value => value > 0).Average();
        var relative = customers.Select(value => Math.Max(1, value) / mean).ToArray();
        var absence = relative.Select(value => Math.Pow(value, options.PopularityDamping)).ToArray();
        return (
            relative.Select(value => Math.Pow(value, -options.PopularityDamping)).ToArray(),
            absence.Select(value => value / absence.Average()).ToArray());
    }

    /// <summary>The vector of one row of either side that minimises the loss while all else stands still.</summary>
    /// <param name="options">The weights.</param>
    /// <param name="other">The other side's vectors.</param>
    /// <param name="observed">The weight of a purchase for every vector of the other side; zero where none.</param>
    /// <param name="absence">The weight of absence for every vector of the other side, unobserved weight left out.</param>
    public static double[] SolveRow(FactorizationOptions options, double[][] other, double[] observed, double[] absence)
    {
        var d = options.Factors;
        var a = new double[d, d];
        var b = new double[d];
        for (var j = 0; j < other.Length; j++)
        {
            for (var x = 0; x < d; x++)
            {
                b[x] += observed[j] * other[j][x];
                for (var y = 0; y < d; y++)
                    a[x, y] += (observed[j] + (options.UnobservedWeight * absence[j])) * other[j][x] * other[j][y];
            }
        }

        var regularization = RowRegularization(options, observed, absence);
        for (var x = 0; x < d; x++)
            a[x, x] += regularization;
        return SolveLinear(a, b);
    }

    public static double Loss(FactorizationOptions options, double[][] customers, double[][] products, IReadOnlyDictionary<(int, int), double> counts)
    {
        var popularity = Popularity(options, products.Length, counts);
        double Weight(int u, int i) =>
            counts.TryGetValue((u, i), out var count) ? Confidence(options, count) * popularity.Purchase[i] : 0;
        var loss = 0d;
        for (var u = 0; u < customers.Length; u++)
        {
            for (var i = 0; i < products.Length; i++)
            {
                var score = Dot(customers[u], products[i]);
                loss += (Weight(u, i) * (1 - score) * (1 - score)) + (options.UnobservedWeight * popularity.Absence[i] * score * score);
            }

            var observed = Enumerable.Range(0, products.Length).Select(i => Weight(u, i)).ToArray();
            loss += RowRegularization(options, observed, popularity.Absence) * Dot(customers[u], customers[u]);
        }

        for (var i = 0; i < products.Length; i++)
        {
            var observed = Enumerable.Range(0, customers.Length).Select(u => Weight(u, i)).ToArray();
            var absence = Enumerable.Repeat(popularity.Absence[i], customers.Length).ToArray();
            loss += RowRegularization(options, observed, absence) * Dot(products[i], products[i]);
        }

        return loss;
    }

    public static double Confidence(FactorizationOptions options, double count) =>
        1 + (options.ConfidencePerRepeat * Math.Log(Math.Max(count, 1)));

    private static double RowRegularization(FactorizationOptions options, double[] observed, double[] absence) =>
        options.Regularization
        * Math.Pow(observed.Sum() + (options.UnobservedWeight * absence.Sum()), options.RegularizationFrequencyExponent);

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
