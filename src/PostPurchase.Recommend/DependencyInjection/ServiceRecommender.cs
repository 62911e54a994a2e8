namespace PostPurchase.Recommend.DependencyInjection;

/// <summary>Answers from the model in use; a question without a day is asked for today, by the service's clock.</summary>
internal sealed class ServiceRecommender(RecommenderSource source, TimeProvider time) : IRecommender
{
    public RecommendationList Recommend(RecommendationQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return source.Current.Recommend(query.AsOf is null ? query with { AsOf = DateOnly.FromDateTime(time.GetLocalNow().DateTime) } : query);
    }

    public ReplenishmentForecast Forecast(string customerId, string productId, DateOnly asOf) =>
        source.Current.Forecast(customerId, productId, asOf);

    public IAsyncEnumerable<DuePurchase> DueAsync(DueQuery query, CancellationToken cancellation = default) =>
        source.Current.DueAsync(query, cancellation);

    public IReadOnlyList<Complement> GoesWith(ComplementQuery query) => source.Current.GoesWith(query);
}
