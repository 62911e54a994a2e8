namespace PostPurchase.Recommend;

/// <summary>What each customer will want next, when, and how sure we are.</summary>
/// <remarks>
/// Implementations are immutable and safe to call from any number of threads. Every question carries its own "now"
/// (<c>asOf</c>): purchases on or after it are not looked at. Unknown customers and products are answered, never an error:
/// the answer says which level of evidence it stands on. Ids are compared ordinally, without the white space around them, which
/// a log's lose when they are read; answers name the customer and the product as the question does.
/// </remarks>
public interface IRecommender
{
    /// <summary>
    /// The products the customer will most probably buy at the next visit, repeat purchases and new products in one list
    /// ordered by probability, ties by product id, unless the query asks for diversity or a share of new products.
    /// </summary>
    /// <param name="query">Who, when, how many, and the rules of this request.</param>
    /// <returns>At most as many recommendations as asked for; fewer only when the rules leave fewer products, or fewer were on sale before the day of the visit.</returns>
    /// <exception cref="InvalidOptionsException">The query is invalid; the message lists every error.</exception>
    RecommendationList Recommend(RecommendationQuery query);

    /// <summary>When the customer will buy the product next, as a curve of probability over time.</summary>
    /// <param name="customerId">The customer; may be unknown to the model.</param>
    /// <param name="productId">The product; may be unknown to the model.</param>
    /// <param name="asOf">The day the question is asked; purchases on or after it are not looked at.</param>
    /// <returns>The forecast; its evidence is <see cref="Evidence.NotPredictable"/> when no date can be given.</returns>
    ReplenishmentForecast Forecast(string customerId, string productId, DateOnly asOf);

    /// <summary>The purchases that fall due inside a window of days, for a nightly feed of reminders.</summary>
    /// <param name="query">The window, and the rules of this feed.</param>
    /// <param name="cancellation">Stops the feed between two customers.</param>
    /// <returns>Due purchases customer by customer in order of their ids, the most probable first for each.</returns>
    /// <exception cref="InvalidOptionsException">The query is invalid; the message lists every error.</exception>
    /// <exception cref="OperationCanceledException">The feed was stopped; the customers listed so far are complete.</exception>
    IAsyncEnumerable<DuePurchase> DueAsync(DueQuery query, CancellationToken cancellation = default);

    /// <summary>What goes with the products of a basket: bought after them more often than chance explains.</summary>
    /// <param name="query">The basket, and how many complements are wanted.</param>
    /// <returns>Complements by descending probability, ties by product id; empty when nothing significant is known.</returns>
    /// <exception cref="InvalidOptionsException">The query is invalid; the message lists every error.</exception>
    IReadOnlyList<Complement> GoesWith(ComplementQuery query);
}
