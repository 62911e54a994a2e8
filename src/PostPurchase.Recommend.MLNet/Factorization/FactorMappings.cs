using Microsoft.ML;
using Microsoft.ML.Data;
using PostPurchase.Recommend.MLNet.Storage;

namespace PostPurchase.Recommend.MLNet.Factorization;

/// <summary>The caller's columns as ML.NET wants them declared; its own mappings then check schemas with its own errors.</summary>
internal static class FactorMappings
{
    /// <summary>What a transformer reads.</summary>
    public static SchemaDefinition Rows(FactorColumns columns) => SchemaNames.Of<FactorQuestion>(
        (nameof(FactorQuestion.Customer), columns.Customer), (nameof(FactorQuestion.Product), columns.Product));

    /// <summary>What training reads and a transformer adds; it never runs.</summary>
    public static EstimatorChain<ITransformer> Promise(MLContext mlContext, FactorColumns columns) =>
        new EstimatorChain<ITransformer>()
            .Append(mlContext.Transforms.CustomMapping<FactorTrainingRow, FactorScore>((_, _) => { }, null, TrainingRows(columns)))
            .Append<ITransformer>(mlContext.Transforms.CustomMapping<FactorQuestion, FactorRank>((_, _) => { }, null, Rows(columns)));

    private static SchemaDefinition TrainingRows(FactorColumns columns) => SchemaNames.Of<FactorTrainingRow>(
        (nameof(FactorTrainingRow.Customer), columns.Customer),
        (nameof(FactorTrainingRow.Product), columns.Product),
        (nameof(FactorTrainingRow.Quantity), columns.Quantity));
}
