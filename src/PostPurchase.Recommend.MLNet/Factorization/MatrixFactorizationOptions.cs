namespace PostPurchase.Recommend.MLNet.Factorization;

/// <summary>
/// What LIBMF learns in its one-class mode, which knows purchases only, not how often (Yu, Bilenko and Lin, "Selection of Negative
/// Samples for One-class Matrix Factorization", SDM 2017).
/// </summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record MatrixFactorizationOptions
{
    /// <summary>The length of every vector, from 1 to 4,096.</summary>
    /// <value>The default value is 64.</value>
    public int Factors { get; init; } = 64;

    /// <summary>The number of sweeps over all customers and all products, from 1 to 1,000.</summary>
    /// <value>The default value is 20.</value>
    public int Iterations { get; init; } = 20;

    /// <summary>The weight that pulls vectors towards zero (LIBMF's lambda); above zero.</summary>
    /// <value>The default value is 0.1.</value>
    public double Regularization { get; init; } = 0.1;

    /// <summary>The weight of "did not buy" against 1 for a purchase (LIBMF's alpha); above zero.</summary>
    /// <value>The default value is 0.05; ML.NET's own, 0.0001, all but forgets that other products exist.</value>
    public double UnobservedWeight { get; init; } = 0.05;

    internal void Validate() =>
        new OptionErrors(nameof(MatrixFactorizationOptions))
            .InRange(nameof(Factors), Factors, 1, 4096)
            .InRange(nameof(Iterations), Iterations, 1, 1000)
            .InRange(nameof(Regularization), Regularization, 1e-9, 1e6)
            .InRange(nameof(UnobservedWeight), UnobservedWeight, 1e-9, 1e6)
            .ThrowIfAny();
}
