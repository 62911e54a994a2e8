namespace PostPurchase.Recommend.Factorization;

/// <summary>
/// Matrix factorisation of implicit feedback by alternating least squares, iALS (Hu, Koren and Volinsky, "Collaborative Filtering
/// for Implicit Feedback Datasets", ICDM 2008), with the frequency-scaled regularisation, the small unobserved weight and the start of
/// Rendle, Krichene, Zhang and Koren, "Revisiting the Performance of iALS on Item Recommendation Benchmarks" (RecSys 2022).
/// </summary>
/// <remarks>
/// Holds options only and is safe to share between threads. The result depends on the interactions, the options and the seed,
/// not on the number of threads nor on the machine's vector width.
/// </remarks>
public sealed class ImplicitAlsTrainer : IFactorTrainer
{
    internal const int BlockRows = 32;

    // Every half sweep starts from the last one's vectors, so a few steps do.
    private const int Steps = 3;

    private readonly FactorizationOptions _options;

    /// <summary>Creates a trainer.</summary>
    /// <param name="options">What to learn; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidOptionsException">An option is out of range; the message lists every error.</exception>
    public ImplicitAlsTrainer(FactorizationOptions? options = null)
    {
        _options = options ?? new FactorizationOptions();
        _options.Validate();
    }

    /// <inheritdoc/>
    public FactorModel Train(InteractionMatrix interactions, TrainingRun? run = null)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        run ??= new TrainingRun();
        var byCustomer = interactions.ByCustomer.WithValues(_options.Confidence);
        var byProduct = interactions.ByProduct.WithValues(_options.Confidence);
        var customerRegularization = RegularizationOf(byCustomer);
        var productRegularization = RegularizationOf(byProduct);
        var deviation = 0.1 / Math.Sqrt(_options.Factors);
        // Customers and products draw from different streams of the seed.
        var customers = FactorMatrix.Normal(byCustomer.Rows, _options.Factors, deviation, run.Seed);
        var products = FactorMatrix.Normal(byProduct.Rows, _options.Factors, deviation, ~run.Seed);
        var losses = new double[_options.Iterations];
        for (var iteration = 0; iteration < losses.Length; iteration++)
        {
            run.Report("Matrix factorisation", (double)iteration / losses.Length);
            _ = HalfSweep(byCustomer, customers, products, customerRegularization, run);
            losses[iteration] = HalfSweep(byProduct, products, customers, productRegularization, run)
                + Penalty(customers, customerRegularization);
        }

        var gram = GramMatrix.Of(products, _options.UnobservedWeight, run);
        FoldInAll(byCustomer, customers, products, gram, customerRegularization, run);
        run.Report("Matrix factorisation", 1);
        return new FactorModel(_options, customers, products, gram, losses);
    }

    private double HalfSweep(SparseRows weights, FactorMatrix side, FactorMatrix other, float[] regularization, TrainingRun run)
    {
        var gram = GramMatrix.Of(other, _options.UnobservedWeight, run);
        var loss = new double[(side.Rows + BlockRows - 1) / BlockRows];
        ParallelRows.For(side.Rows, BlockRows, run, (first, last) =>
        {
            var equations = new NormalEquations(other, gram, BlockRows);
            loss[first / BlockRows] = equations.Solve(
                weights, first, side.Block(first, last), regularization.AsSpan(first..last), Steps, tolerance: 0);
        });
        return loss.Sum();
    }

    /// <summary>Ends with the customers solved from scratch, just as a new customer is folded in, so that both get the same vector.</summary>
    private static void FoldInAll(
        SparseRows weights, FactorMatrix customers, FactorMatrix products, float[] gram, float[] regularization, TrainingRun run) =>
        ParallelRows.For(customers.Rows, BlockRows, run, (first, last) =>
        {
            var block = customers.Block(first, last);
            block.Clear();
            new NormalEquations(products, gram, BlockRows).Solve(
                weights, first, block, regularization.AsSpan(first..last), FactorModel.FoldInSteps, FactorModel.FoldInTolerance);
        });

    private float[] RegularizationOf(SparseRows weights)
    {
        var result = new float[weights.Rows];
        for (var row = 0; row < result.Length; row++)
        {
            var weight = 0d;
            foreach (var value in weights.ValuesOf(row))
                weight += value;
            result[row] = _options.RowRegularization(weight, weights.Columns);
        }

        return result;
    }

    private static double Penalty(FactorMatrix side, float[] regularization)
    {
        var penalty = 0d;
        for (var row = 0; row < side.Rows; row++)
        {
            var squares = 0d;
            foreach (var value in side[row])
                squares += (double)value * value;
            penalty += squares * regularization[row];
        }

        return penalty;
    }
}
