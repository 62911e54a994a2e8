namespace PostPurchase.Recommend.Factorization;

/// <summary>Anything that turns purchases into vectors of customers and products whose product ranks.</summary>
/// <remarks>Implementations hold options only and are safe to share between threads.</remarks>
public interface IFactorTrainer
{
    /// <summary>Learns a vector for every customer and every product.</summary>
    /// <param name="interactions">Who bought what, and how often.</param>
    /// <param name="run">Seed, threads, progress and cancellation; <see langword="null"/> for the defaults.</param>
    /// <returns>The immutable model.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing is left half-trained.</exception>
    FactorModel Train(InteractionMatrix interactions, TrainingRun? run = null);
}
