using Microsoft.ML;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.MLNet.Factorization;
using PostPurchase.Recommend.MLNet.Replenishment;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.MLNet;

/// <summary>
/// The library's trainers as estimators. Their transformers are saved with <c>mlContext.Model.Save</c> and need no registration to be loaded.
/// </summary>
public sealed class PostPurchaseTrainerCatalog
{
    private readonly MLContext _mlContext;

    internal PostPurchaseTrainerCatalog(MLContext mlContext) => _mlContext = mlContext;

    /// <summary>
    /// Matrix factorisation of purchases by implicit alternating least squares (<see cref="ImplicitAlsTrainer"/>). Adds the columns
    /// <c>Score</c>, <c>IsKnown</c> and <c>Rank</c>; see <see cref="FactorTransformer"/>.
    /// </summary>
    /// <param name="customerColumnName">The customers' ids: text.</param>
    /// <param name="productColumnName">The products' ids: text.</param>
    /// <param name="quantityColumnName">How often, a positive Single; <see langword="null"/> when every row counts once.</param>
    /// <param name="options">What to learn; <see langword="null"/> for the defaults.</param>
    /// <param name="unknownIds">What <c>Transform</c> does with a customer or product it has not seen.</param>
    /// <param name="run">Seed, threads, progress and cancellation; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidOptionsException">An option is out of range; the message lists every error.</exception>
    public FactorEstimator ImplicitAls(
        string customerColumnName = "CustomerId",
        string productColumnName = "ProductId",
        string? quantityColumnName = null,
        FactorizationOptions? options = null,
        UnknownIds unknownIds = UnknownIds.Answer,
        TrainingRun? run = null) =>
        new(
            _mlContext,
            new ImplicitAlsTrainer(options),
            new FactorColumns(customerColumnName, productColumnName, quantityColumnName),
            unknownIds,
            run);

    /// <summary>
    /// The same with ML.NET's own LIBMF in its one-class mode (<see cref="MatrixFactorizationTrainer"/>), so that both can be compared
    /// and exchanged.
    /// </summary>
    /// <param name="customerColumnName">The customers' ids: text.</param>
    /// <param name="productColumnName">The products' ids: text.</param>
    /// <param name="options">What to learn; <see langword="null"/> for the defaults.</param>
    /// <param name="unknownIds">What <c>Transform</c> does with a customer or product it has not seen.</param>
    /// <param name="run">Progress and cancellation; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidOptionsException">An option is out of range; the message lists every error.</exception>
    public FactorEstimator MatrixFactorization(
        string customerColumnName = "CustomerId",
        string productColumnName = "ProductId",
        MatrixFactorizationOptions? options = null,
        UnknownIds unknownIds = UnknownIds.Answer,
        TrainingRun? run = null) =>
        new(_mlContext, new MatrixFactorizationTrainer(options), new FactorColumns(customerColumnName, productColumnName, null), unknownIds, run);

    /// <summary>
    /// When customers buy products again. Adds the columns <c>Score</c>, <c>DueDate</c>, <c>WindowFrom</c>, <c>WindowUntil</c> and
    /// <c>Evidence</c>; see <see cref="ReplenishmentTransformer"/>. What serves one need is not known here; a <see cref="PostPurchaseTrainer"/>
    /// with a catalogue knows it.
    /// </summary>
    /// <param name="customerColumnName">The customers' ids: text.</param>
    /// <param name="productColumnName">The products' ids: text.</param>
    /// <param name="timeColumnName">DateTime: in training when the line was placed, in <c>Transform</c> when the question is asked.</param>
    /// <param name="quantityColumnName">Units bought, a Single, zero or less for a return; <see langword="null"/> when every row is one unit.</param>
    /// <param name="horizonDays">The days that <c>Score</c> looks ahead, at least 1.</param>
    /// <param name="options">What to learn; <see langword="null"/> for the defaults.</param>
    /// <param name="unknownIds">What <c>Transform</c> does with a customer or product it has not seen.</param>
    /// <param name="run">Seed, threads, progress and cancellation; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidOptionsException">An option is out of range; the message lists every error.</exception>
    public ReplenishmentEstimator Replenishment(
        string customerColumnName = "CustomerId",
        string productColumnName = "ProductId",
        string timeColumnName = "Time",
        string? quantityColumnName = null,
        int horizonDays = 30,
        ReplenishmentOptions? options = null,
        UnknownIds unknownIds = UnknownIds.Answer,
        TrainingRun? run = null) =>
        new(
            _mlContext,
            new ReplenishmentColumns(customerColumnName, productColumnName, timeColumnName, quantityColumnName),
            options ?? new ReplenishmentOptions(),
            horizonDays,
            unknownIds,
            run);
}
