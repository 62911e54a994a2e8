using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace PostPurchase.Recommend.DependencyInjection;

/// <summary>Registers the recommender with a service collection.</summary>
public static class PostPurchaseServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IRecommender"/>, which answers from a model file, and <see cref="RecommenderSource"/>, which
    /// exchanges the model while it is in use; both live as long as the service.
    /// </summary>
    /// <remarks>
    /// Here, and only here, a question without a day is asked for today: by the registered <see cref="TimeProvider"/>, or by
    /// the system's clock and time zone. The model is loaded when one of the two services is first asked for.
    /// </remarks>
    /// <param name="services">The services to add to.</param>
    /// <param name="options">Where the model is, and how a new one is noticed.</param>
    /// <returns>The same services, for chaining.</returns>
    /// <exception cref="InvalidOptionsException">The options are invalid; the message lists every error.</exception>
    public static IServiceCollection AddPostPurchaseRecommender(this IServiceCollection services, RecommenderServiceOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new RecommenderSource(
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<RecommenderSource>>() ?? NullLogger<RecommenderSource>.Instance,
            PostPurchaseModel.Load));
        services.TryAddSingleton<IRecommender>(provider => new ServiceRecommender(
            provider.GetRequiredService<RecommenderSource>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>Registers the recommender with a model file that is loaded again only on <see cref="RecommenderSource.Reload"/>.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="modelPath">The model file, as written by <see cref="PostPurchaseModel.Save(string)"/>.</param>
    /// <returns>The same services, for chaining.</returns>
    /// <exception cref="InvalidOptionsException"><paramref name="modelPath"/> is empty.</exception>
    public static IServiceCollection AddPostPurchaseRecommender(this IServiceCollection services, string modelPath) =>
        services.AddPostPurchaseRecommender(new RecommenderServiceOptions { ModelPath = modelPath });
}
