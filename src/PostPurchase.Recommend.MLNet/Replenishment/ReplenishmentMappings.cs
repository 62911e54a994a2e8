using Microsoft.ML;
using Microsoft.ML.Data;
using PostPurchase.Recommend.MLNet.Storage;

namespace PostPurchase.Recommend.MLNet.Replenishment;

/// <summary>The caller's columns as ML.NET wants them declared; its own mappings then check schemas with its own errors.</summary>
internal static class ReplenishmentMappings
{
    /// <summary>What a transformer reads.</summary>
    public static SchemaDefinition Rows(ReplenishmentColumns columns) => SchemaNames.Of<ReplenishmentQuestion>(
        (nameof(ReplenishmentQuestion.Customer), columns.Customer),
        (nameof(ReplenishmentQuestion.Product), columns.Product),
        (nameof(ReplenishmentQuestion.Time), columns.Time));

    /// <summary>What training reads and a transformer adds; it never runs.</summary>
    public static EstimatorChain<ITransformer> Promise(MLContext mlContext, ReplenishmentColumns columns) =>
        new EstimatorChain<ITransformer>().Append<ITransformer>(
            mlContext.Transforms.CustomMapping<ReplenishmentTrainingRow, ReplenishmentAnswer>((_, _) => { }, null, TrainingRows(columns)));

    private static SchemaDefinition TrainingRows(ReplenishmentColumns columns) => SchemaNames.Of<ReplenishmentTrainingRow>(
        (nameof(ReplenishmentTrainingRow.Customer), columns.Customer),
        (nameof(ReplenishmentTrainingRow.Product), columns.Product),
        (nameof(ReplenishmentTrainingRow.Time), columns.Time),
        (nameof(ReplenishmentTrainingRow.Quantity), columns.Quantity));
}
