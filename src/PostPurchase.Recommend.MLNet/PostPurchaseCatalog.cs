using Microsoft.ML;
using PostPurchase.Recommend.MLNet.Factorization;
using PostPurchase.Recommend.MLNet.Replenishment;
using PostPurchase.Recommend.MLNet.Storage;

namespace PostPurchase.Recommend.MLNet;

/// <summary>The library's components, in the shape of ML.NET's own catalogs.</summary>
public sealed class PostPurchaseCatalog
{
    private readonly MLContext _mlContext;

    internal PostPurchaseCatalog(MLContext mlContext)
    {
        _mlContext = mlContext;
        Trainers = new PostPurchaseTrainerCatalog(mlContext);
    }

    /// <summary>The trainers, each an estimator.</summary>
    public PostPurchaseTrainerCatalog Trainers { get; }

    /// <summary>
    /// The factor model inside a model that <c>mlContext.Model.Load</c> gave, with its own doors, such as
    /// <see cref="FactorTransformer.Top"/>, and with the same answers to the bit.
    /// </summary>
    /// <param name="loaded">The loaded model; a whole pipeline too, of which the first factor model is taken.</param>
    /// <exception cref="ArgumentException">It holds no factor model.</exception>
    public FactorTransformer Factors(ITransformer loaded)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        return LoadedModel.Flat(loaded).OfType<FactorTransformer>().FirstOrDefault()
            ?? new FactorTransformer(_mlContext, FactorScorer.FromText(LoadedModel.Find(_mlContext, loaded, FactorScorer.Section)));
    }

    /// <summary>
    /// The replenishment model inside a model that <c>mlContext.Model.Load</c> gave, with its own doors, such as
    /// <see cref="ReplenishmentTransformer.Forecast"/>, and with the same answers to the bit.
    /// </summary>
    /// <param name="loaded">The loaded model; a whole pipeline too, of which the first replenishment model is taken.</param>
    /// <exception cref="ArgumentException">It holds no replenishment model.</exception>
    public ReplenishmentTransformer Replenishment(ITransformer loaded)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        return LoadedModel.Flat(loaded).OfType<ReplenishmentTransformer>().FirstOrDefault()
            ?? new ReplenishmentTransformer(
                _mlContext, ReplenishmentForecaster.FromText(LoadedModel.Find(_mlContext, loaded, ReplenishmentForecaster.Section)));
    }
}
