using Microsoft.ML;
using PostPurchase.Recommend.MLNet.Orders;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.MLNet.Replenishment;

/// <summary>Trains a <see cref="ReplenishmentTransformer"/>; rows stream through one cursor.</summary>
/// <remarks>Holds options only and is safe to share between threads.</remarks>
public sealed class ReplenishmentEstimator : IEstimator<ReplenishmentTransformer>
{
    private readonly MLContext _mlContext;
    private readonly ReplenishmentColumns _columns;
    private readonly ReplenishmentOptions _options;
    private readonly int _horizonDays;
    private readonly UnknownIds _unknownIds;
    private readonly TrainingRun _run;

    internal ReplenishmentEstimator(
        MLContext mlContext, ReplenishmentColumns columns, ReplenishmentOptions options, int horizonDays, UnknownIds unknownIds, TrainingRun? run)
    {
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizonDays);
        _mlContext = mlContext;
        _columns = columns;
        _options = options;
        _horizonDays = horizonDays;
        _unknownIds = unknownIds;
        _run = run ?? new TrainingRun();
    }

    /// <summary>Learns when products are bought again. Rows without a customer or a product are left out.</summary>
    /// <param name="input">The order lines, in any order.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing.</exception>
    /// <exception cref="InvalidOperationException">A column is of another type, a quantity is no number, or there is no purchase.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public ReplenishmentTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _ = ReplenishmentMappings.Promise(_mlContext, _columns).Fit(input);
        var names = new OrderColumnNames
        {
            Customer = _columns.Customer,
            Product = _columns.Product,
            Time = _columns.Time,
            Quantity = _columns.Quantity,
        };
        var history = Read(input, names);
        if (history.Rows == 0)
            throw new InvalidOperationException("The input view holds no purchase: there is nothing to learn from.");
        var model = new ReplenishmentTrainer(_options).Train(history, _run);
        return new ReplenishmentTransformer(_mlContext, new ReplenishmentForecaster(model, history, _horizonDays, _unknownIds, _columns));
    }

    /// <summary>The columns after <see cref="ReplenishmentTransformer"/>; checks that the columns of training are there.</summary>
    /// <param name="inputSchema">The columns before.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => ReplenishmentMappings.Promise(_mlContext, _columns).GetOutputSchema(inputSchema);

    private PurchaseColumns Read(IDataView input, OrderColumnNames names)
    {
        try
        {
            var options = new IngestOptions { MalformedLines = MalformedLines.Throw, Cancellation = _run.Cancellation };
            return PurchaseHistory.FromDataView(input, names, options).Columns;
        }
        catch (MalformedInputException malformed)
        {
            // What ML.NET's own trainers throw for data they cannot use.
            throw new InvalidOperationException(malformed.Message, malformed);
        }
    }
}
