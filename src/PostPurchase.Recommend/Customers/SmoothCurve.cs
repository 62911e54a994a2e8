namespace PostPurchase.Recommend.Customers;

/// <summary>A curve that changes ever more slowly, known at every step from few of its values.</summary>
internal static class SmoothCurve
{
    // The first steps are worked out each; what follows a step at a time of twice its length, from so many points each.
    private const int First = 24;
    private const int Points = 24;

    /// <summary>The curve at 1, 2, ... so many steps.</summary>
    /// <remarks>
    /// Beyond the first steps, interpolated (Berrut and Trefethen, "Barycentric Lagrange Interpolation", 2004) between Chebyshev's points of stretches that double
    /// in length. A curve that is analytic for times above zero loses a digit with every 1.3 points.
    /// </remarks>
    public static double[] AtSteps(Func<double, double> curve, int steps)
    {
        var values = new double[steps];
        for (var step = 1; step <= Math.Min(First, steps); step++)
            values[step - 1] = curve(step);
        for (var from = First; from < steps; from *= 2)
        {
            var until = Math.Min(2 * from, steps);
            if (until - from <= Points)
            {
                for (var step = from + 1; step <= until; step++)
                    values[step - 1] = curve(step);
            }
            else
            {
                Interpolate(curve, from, until, values);
            }
        }

        return values;
    }

    private static void Interpolate(Func<double, double> curve, int from, int until, double[] values)
    {
        Span<double> at = stackalloc double[Points];
        Span<double> known = stackalloc double[Points];
        for (var i = 0; i < Points; i++)
        {
            at[i] = from + ((until - from) * (1 - Math.Cos(Math.PI * i / (Points - 1))) / 2);
            known[i] = curve(at[i]);
        }

        for (var step = from + 1; step <= until; step++)
        {
            var (above, below, exact) = (0.0, 0.0, double.NaN);
            for (var i = 0; i < Points; i++)
            {
                var distance = step - at[i];
                if (distance == 0)
                    exact = known[i];
                var weight = (i % 2 == 0 ? 1 : -1) / distance * (i is 0 or Points - 1 ? 0.5 : 1);
                above += weight * known[i];
                below += weight;
            }

            values[step - 1] = double.IsNaN(exact) ? above / below : exact;
        }
    }
}
