using PostPurchase.Recommend.Complements;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend;

/// <summary>Learns a <see cref="PostPurchaseModel"/> from a history of purchases.</summary>
/// <remarks>Holds options only and is safe to share between threads. The same history, options and seed give the same model, byte for byte, on any number of threads.</remarks>
public sealed class PostPurchaseTrainer
{
    private readonly PostPurchaseOptions _options;
    private readonly IFactorTrainer? _factorTrainer;

    /// <summary>Creates a trainer.</summary>
    /// <param name="options">What to learn; the default options when <see langword="null"/>.</param>
    /// <param name="factorTrainer">
    /// What learns the matrix factors, one of the sources that the ranking blends, such as an <see cref="AutoFactorTrainer"/> or the
    /// LIBMF trainer of the ML.NET package; implicit alternating least squares when <see langword="null"/>. It is trained several
    /// times, also on parts of the history, and must be deterministic for the model to be.
    /// </param>
    /// <exception cref="InvalidOptionsException">An option is out of range; the message lists every error.</exception>
    public PostPurchaseTrainer(PostPurchaseOptions? options = null, IFactorTrainer? factorTrainer = null)
    {
        _factorTrainer = factorTrainer;
        _options = options ?? new PostPurchaseOptions();
        _options.Validate();
    }

    /// <summary>Learns a model.</summary>
    /// <param name="history">The purchases to learn from; at least one.</param>
    /// <param name="run">Seed, threads, progress and cancellation; the defaults when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">The history holds no purchase, or the run asks for no thread at all.</exception>
    /// <exception cref="OperationCanceledException">The run's token was cancelled.</exception>
    public PostPurchaseModel Train(PurchaseHistory history, TrainingRun? run = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        run ??= new TrainingRun();
        run.Validate();
        var columns = history.Columns;
        if (columns.Rows == 0)
            throw new ArgumentException("The history holds no purchase to learn from.", nameof(history));
        var trainer = new ReplenishmentTrainer(_options.Replenishment);
        var replenishment = trainer.Train(columns, run);
        // Whatever was bought, the visits are the same.
        var groups = columns.HasFamilies ? trainer.Train(GroupColumns.Of(columns), replenishment.Snapshot.Customers, "Replenishment groups", run) : null;
        var complements = new ComplementTrainer(_options.Complements).Train(columns, run);
        var ranking = new RankingTrainer(new RankingOptions(), _factorTrainer).Train(columns, run);
        return new PostPurchaseModel(columns, replenishment, groups, complements, ranking);
    }
}
