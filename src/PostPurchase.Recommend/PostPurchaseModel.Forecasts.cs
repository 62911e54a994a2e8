using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend;

public sealed partial class PostPurchaseModel
{
    private const int ForecastCustomersAtOnce = 512;

    /// <inheritdoc/>
    public ReplenishmentForecast Forecast(string customerId, string productId, DateOnly asOf)
    {
        ArgumentNullException.ThrowIfNull(customerId);
        ArgumentNullException.ThrowIfNull(productId);
        var forecast = _forecasts.Forecast(_columns.Customers.Find(customerId), _columns.Products.Find(productId), asOf.DayNumber);
        return forecast.For(customerId, productId, asOf, _columns.Products);
    }

    /// <summary>
    /// Forecasts many customers and products at once, on several threads; each answer equals that of <see cref="Forecast"/>, at a
    /// small part of its cost.
    /// </summary>
    /// <param name="pairs">The customers and products, in any order; either may be unknown to the model.</param>
    /// <param name="asOf">The day the questions are asked; purchases on or after it are not looked at.</param>
    /// <param name="run">Threads and cancellation; the defaults when <see langword="null"/>.</param>
    /// <returns>The forecasts in the order of the pairs.</returns>
    /// <exception cref="ArgumentException">An id is <see langword="null"/>, or the run asks for no thread at all.</exception>
    /// <exception cref="OperationCanceledException">The run's token was cancelled.</exception>
    public IReadOnlyList<ReplenishmentForecast> ForecastAll(
        IReadOnlyList<(string CustomerId, string ProductId)> pairs, DateOnly asOf, TrainingRun? run = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        run ??= new TrainingRun();
        run.Validate();
        var (customer, product) = (new int[pairs.Count], new int[pairs.Count]);
        for (var i = 0; i < customer.Length; i++)
        {
            if (pairs[i].CustomerId is null || pairs[i].ProductId is null)
                throw new ArgumentException($"Pair {i} has no customer or no product.", nameof(pairs));
        }

        ParallelRows.For(customer.Length, 4096, run, (from, until) =>
        {
            for (var i = from; i < until; i++)
                (customer[i], product[i]) = (_columns.Customers.Find(pairs[i].CustomerId), _columns.Products.Find(pairs[i].ProductId));
        });
        var forecasts = new ReplenishmentForecast[customer.Length];
        _forecasts.ForEach(_pairs.Value, customer, product, asOf.DayNumber, run, (i, forecast) =>
            forecasts[i] = forecast.For(pairs[i].CustomerId, pairs[i].ProductId, asOf, _columns.Products));
        return forecasts;
    }

    /// <summary>Forecasts every product that any customer has bought before the day, some hundred customers at a time while it is enumerated.</summary>
    /// <param name="asOf">The day the question is asked; purchases on or after it are not looked at.</param>
    /// <param name="run">Threads and cancellation; the defaults when <see langword="null"/>.</param>
    /// <returns>The forecasts in order of customer ids, then of product ids; each equals that of <see cref="Forecast"/>.</returns>
    /// <exception cref="InvalidOptionsException">The run asks for no thread at all; thrown by the enumeration.</exception>
    /// <exception cref="OperationCanceledException">The run's token was cancelled; thrown by the enumeration.</exception>
    public IEnumerable<ReplenishmentForecast> ForecastAll(DateOnly asOf, TrainingRun? run = null)
    {
        run ??= new TrainingRun();
        run.Validate();
        var pairs = _pairs.Value;
        for (var from = 0; from < _columns.Customers.Count; from += ForecastCustomersAtOnce)
        {
            var until = Math.Min(_columns.Customers.Count, from + ForecastCustomersAtOnce);
            var first = pairs.CustomerStart[from];
            var forecasts = new PairForecast?[pairs.CustomerStart[until] - first];
            _forecasts.ForEachPair(pairs, from, until, asOf.DayNumber, run, (pair, forecast) => forecasts[pair - first] = forecast);
            for (var customer = from; customer < until; customer++)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                for (var pair = pairs.CustomerStart[customer]; pair < pairs.CustomerStart[customer + 1]; pair++)
                {
                    if (forecasts[pair - first] is { } forecast)
                        yield return forecast.For(_columns.Customers[customer], _columns.Products[pairs.Product[pair]], asOf, _columns.Products);
                }
            }
        }
    }
}
