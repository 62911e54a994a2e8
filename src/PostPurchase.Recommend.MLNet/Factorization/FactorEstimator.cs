using Microsoft.ML;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.MLNet.Factorization;

/// <summary>Trains a <see cref="FactorTransformer"/> with any <see cref="IFactorTrainer"/>; rows stream through one cursor.</summary>
/// <remarks>Holds options only and is safe to share between threads.</remarks>
public sealed class FactorEstimator : IEstimator<FactorTransformer>
{
    private readonly MLContext _mlContext;
    private readonly IFactorTrainer _trainer;
    private readonly FactorColumns _columns;
    private readonly UnknownIds _unknownIds;
    private readonly TrainingRun _run;

    internal FactorEstimator(MLContext mlContext, IFactorTrainer trainer, FactorColumns columns, UnknownIds unknownIds, TrainingRun? run)
    {
        _mlContext = mlContext;
        _trainer = trainer;
        _columns = columns;
        _unknownIds = unknownIds;
        _run = run ?? new TrainingRun();
    }

    /// <summary>Learns the factors. Rows of the same customer and product are added up.</summary>
    /// <param name="input">The purchases.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing.</exception>
    /// <exception cref="InvalidOperationException">A column is of another type, a value is missing or no number, or there is no row.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public FactorTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _ = FactorMappings.Promise(_mlContext, _columns).Fit(input);
        var reader = new FactorRowReader(_columns, _run.Cancellation);
        var interactions = reader.Read(input, out var customers, out var products);
        var model = _trainer.Train(interactions, _run);
        return new FactorTransformer(_mlContext, new FactorScorer(model, new IdIndex(customers), new IdIndex(products), _unknownIds, _columns));
    }

    /// <summary>The columns after <see cref="FactorTransformer"/>; checks that the columns of training are there.</summary>
    /// <param name="inputSchema">The columns before.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => FactorMappings.Promise(_mlContext, _columns).GetOutputSchema(inputSchema);
}
