using Microsoft.ML;

namespace PostPurchase.Recommend.MLNet;

/// <summary>The library's components, in the shape of ML.NET's own catalogs.</summary>
public sealed class PostPurchaseCatalog
{
    internal PostPurchaseCatalog(MLContext mlContext) => Trainers = new PostPurchaseTrainerCatalog(mlContext);

    /// <summary>The trainers, each an estimator.</summary>
    public PostPurchaseTrainerCatalog Trainers { get; }
}
