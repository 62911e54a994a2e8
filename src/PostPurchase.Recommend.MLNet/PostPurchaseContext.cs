using Microsoft.ML;

namespace PostPurchase.Recommend.MLNet;

/// <summary>Where the library hangs on an <see cref="MLContext"/>.</summary>
public static class PostPurchaseContext
{
    /// <summary>The library's components for this context.</summary>
    /// <param name="mlContext">The context.</param>
    public static PostPurchaseCatalog PostPurchase(this MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        return new PostPurchaseCatalog(mlContext);
    }
}
