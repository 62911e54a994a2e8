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
        var popularity = ProductWeights.Of(interactions.ByProduct, _options);
        var byCustomer = interactions.ByCustomer.WithValues(run, (_, product, count) => _options.Confidence(count) * popularity.Purchase[product]);
        // A product's equations are divided by its weight of absence, which leaves one Gram matrix for all products.
        var byProduct = interactions.ByProduct.WithValues(
            run, (product, _, count) => _options.Confidence(count) * popularity.Purchase[product] / popularity.Absence[product]);
        var customers = new AlsSide(
            byCustomer, FactorMatrix.Normal(byCustomer.Rows, _options.Factors, Deviation, run.Seed, run), CustomerRegularization(byCustomer, run), []);
        // Customers and products draw from different streams of the seed.
        var products = new AlsSide(
            byProduct, FactorMatrix.Normal(byProduct.Rows, _options.Factors, Deviation, ~run.Seed, run),
            ProductRegularization(byProduct, popularity.Absence, run), popularity.Absence);
        var losses = new double[_options.Iterations];
        for (var iteration = 0; iteration < losses.Length; iteration++)
        {
            run.Report("Matrix factorisation", (double)iteration / losses.Length);
            _ = customers.Improve(products, _options.UnobservedWeight, run);
            losses[iteration] = products.Improve(customers, _options.UnobservedWeight, run) + customers.Penalty();
        }

        var gram = GramMatrix.Of(products.Vectors, _options.UnobservedWeight, popularity.Absence, run);
        customers.FoldIn(products, gram, run);
        run.Report("Matrix factorisation", 1);
        return _options.SpectralFactors == 0
            ? new FactorModel(_options, customers.Vectors, products.Vectors, popularity, gram, losses)
            : WithSpectralFactors(interactions, customers.Vectors, products.Vectors, popularity, gram, losses, run);
    }

    private FactorModel WithSpectralFactors(
        InteractionMatrix interactions, FactorMatrix customers, FactorMatrix products, ProductWeights popularity, float[] gram, double[] losses,
        TrainingRun run)
    {
        var weights = interactions.ByCustomer.WithValues(run, (_, _, count) => _options.Confidence(count));
        var (spectral, purchase) = new SpectralTrainer(
            weights, interactions.ByProduct.WithValues(run, (_, _, count) => _options.Confidence(count)), _options.SpectralFactors, run).Train();
        foreach (ref var weight in purchase.AsSpan())
            weight *= (float)_options.SpectralWeight;
        var model = new FactorModel(
            _options, customers.With(new FactorMatrix(customers.Rows, spectral.Factors)), products.With(spectral), popularity with { Projection = purchase }, gram, losses);
        for (var customer = 0; customer < customers.Rows; customer++)
            model.Project(weights.ColumnsOf(customer), weights.ValuesOf(customer), model.Customers[customer]);
        return model;
    }

    private double Deviation => 0.1 / Math.Sqrt(_options.Factors);

    private float[] CustomerRegularization(SparseRows weights, TrainingRun run)
    {
        var sums = weights.Sums(run);
        return Array.ConvertAll(sums, sum => _options.RowRegularization(sum, _options.UnobservedWeight * weights.Columns));
    }

    private float[] ProductRegularization(SparseRows weights, float[] absence, TrainingRun run)
    {
        var sums = weights.Sums(run);
        var result = new float[sums.Length];
        for (var row = 0; row < result.Length; row++)
        {
            var regularization = _options.RowRegularization(sums[row] * absence[row], _options.UnobservedWeight * weights.Columns * absence[row]);
            result[row] = regularization / absence[row];
        }

        return result;
    }
}
