namespace PostPurchase.Recommend.Factorization;

/// <summary>
/// What to learn in a matrix factorisation of purchases: a customer's vector times a product's vector is near one where the
/// customer bought the product and near zero elsewhere. The names of the symbols in Rendle, Krichene, Zhang and Koren,
/// "Revisiting the Performance of iALS on Item Recommendation Benchmarks" (RecSys 2022), stand in brackets.
/// </summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record FactorizationOptions
{
    /// <summary>The number of learned factors (d), from 1 to 4,096. More finds finer tastes and costs time and memory in proportion.</summary>
    /// <value>The default value is 64.</value>
    public int Factors { get; init; } = 64;

    /// <summary>The number of sweeps over all customers and all products, from 1 to 1,000.</summary>
    /// <value>The default value is 15.</value>
    public int Iterations { get; init; } = 15;

    /// <summary>The weight that pulls vectors towards zero (lambda), zero or more.</summary>
    /// <value>The default value is 0.004.</value>
    public double Regularization { get; init; } = 0.004;

    /// <summary>
    /// How strongly the regularisation of a customer or product grows with the weight of its data (nu), from 0 to 1: at 0 all are
    /// pulled alike, at 1 in proportion.
    /// </summary>
    /// <value>The default value is 1.</value>
    public double RegularizationFrequencyExponent { get; init; } = 1;

    /// <summary>The weight of "did not buy" for every pair of a customer and a product, against 1 for a purchase (alpha 0); above zero.</summary>
    /// <value>The default value is 0.015.</value>
    public double UnobservedWeight { get; init; } = 0.015;

    /// <summary>
    /// How much surer repeat purchases make us: a pair bought n times weighs 1 + this x ln(n), so that a huge count adds little.
    /// Zero or more; zero ignores the counts.
    /// </summary>
    /// <value>The default value is 0.5.</value>
    public double ConfidencePerRepeat { get; init; } = 0.5;

    /// <summary>
    /// How much less a purchase of a popular product says about a taste, and how much more its absence, from 0 to 1: with a
    /// product's popularity p against the mean one, a purchase weighs p to the power -this and "did not buy" p to the power this.
    /// </summary>
    /// <value>The default value is 0.3.</value>
    public double PopularityDamping { get; init; } = 0.3;

    /// <summary>
    /// How much of the popularity comes back into the scores, from -1 to 1: a product's scores are multiplied by its popularity,
    /// against the mean one, to the power of this. Higher favours popular products, lower the tail.
    /// </summary>
    /// <value>The default value is 0.1.</value>
    public double ScorePopularityExponent { get; init; } = 0.1;

    /// <summary>
    /// The number of spectral factors behind the learned ones, from 0 to 4,096: the strongest directions of the purchases, found without
    /// fitting. They err elsewhere than the learned ones, so that both together rank better than as many of one kind.
    /// </summary>
    /// <value>The default value is 0: none.</value>
    public int SpectralFactors { get; init; }

    /// <summary>The weight of what the spectral factors say against what the learned ones say; above zero.</summary>
    /// <value>The default value is 2.</value>
    public double SpectralWeight { get; init; } = 2;

    /// <summary>The length of a whole vector.</summary>
    internal int AllFactors => Factors + SpectralFactors;

    internal void Validate() =>
        new OptionErrors(nameof(FactorizationOptions))
            .InRange(nameof(Factors), Factors, 1, 4096)
            .InRange(nameof(Iterations), Iterations, 1, 1000)
            .InRange(nameof(Regularization), Regularization, 0, 1e6)
            .InRange(nameof(RegularizationFrequencyExponent), RegularizationFrequencyExponent, 0, 1)
            .InRange(nameof(UnobservedWeight), UnobservedWeight, 1e-9, 1e6)
            .InRange(nameof(ConfidencePerRepeat), ConfidencePerRepeat, 0, 1e6)
            .InRange(nameof(PopularityDamping), PopularityDamping, 0, 1)
            .InRange(nameof(ScorePopularityExponent), ScorePopularityExponent, -1, 1)
            .InRange(nameof(SpectralFactors), SpectralFactors, 0, 4096)
            .InRange(nameof(SpectralWeight), SpectralWeight, 1e-9, 1e6)
            .ThrowIfAny();

    /// <summary>The weight of a pair that was bought so many times.</summary>
    internal float Confidence(float count) => (float)(1 + (ConfidencePerRepeat * Math.Log(Math.Max(count, 1f))));

    /// <summary>The regularisation of a row: lambda (its weight, observed and unobserved) to the power nu.</summary>
    internal float RowRegularization(double observedWeight, double unobservedWeight) =>
        (float)(Regularization * Math.Pow(Math.Max(observedWeight + unobservedWeight, 1e-6), RegularizationFrequencyExponent));
}
