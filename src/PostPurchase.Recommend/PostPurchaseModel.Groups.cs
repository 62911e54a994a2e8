namespace PostPurchase.Recommend;

/// <content>Needs that several products serve.</content>
public sealed partial class PostPurchaseModel
{
    /// <summary>
    /// The replenishment groups in ordinal order: those that the catalogue names, and the categories of products for which it names none.
    /// Empty when the history has neither.
    /// </summary>
    public IReadOnlyList<string> ReplenishmentGroups => _columns.Families.List;

    /// <summary>
    /// When the customer will buy anything of a replenishment group next, such as brush heads of whatever brand: all its products count as one.
    /// </summary>
    /// <param name="customerId">The customer; may be unknown to the model.</param>
    /// <param name="group">One of <see cref="ReplenishmentGroups"/>; of others nothing is known.</param>
    /// <param name="asOf">The day the question is asked; purchases on or after it are not looked at.</param>
    /// <returns>
    /// The forecast of the group, with the product that the customer bought last of it. It is learned from the gaps between purchases of the
    /// group, as those of a product are from the product's, and need not equal what forecasts of its products add up to. No product is
    /// more probable than the group that the catalogue names for it.
    /// </returns>
    public ReplenishmentForecast ForecastGroup(string customerId, string group, DateOnly asOf)
    {
        ArgumentNullException.ThrowIfNull(customerId);
        ArgumentNullException.ThrowIfNull(group);
        return ForecastGroups([(customerId, group)], asOf, new TrainingRun { Threads = 1 })[0];
    }

    /// <summary>Forecasts many customers and replenishment groups at once, on several threads; each answer equals that of <see cref="ForecastGroup"/>.</summary>
    /// <param name="pairs">The customers and groups, in any order; either may be unknown to the model.</param>
    /// <param name="asOf">The day the questions are asked; purchases on or after it are not looked at.</param>
    /// <param name="run">Threads and cancellation; the defaults when <see langword="null"/>.</param>
    /// <returns>The forecasts in the order of the pairs.</returns>
    /// <exception cref="ArgumentException">An id is <see langword="null"/>, or the run asks for no thread at all.</exception>
    /// <exception cref="OperationCanceledException">The run's token was cancelled.</exception>
    public IReadOnlyList<ReplenishmentForecast> ForecastGroups(
        IReadOnlyList<(string CustomerId, string Group)> pairs, DateOnly asOf, TrainingRun? run = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        run ??= new TrainingRun();
        run.Validate();
        for (var i = 0; i < pairs.Count; i++)
        {
            if (pairs[i].CustomerId is null || pairs[i].Group is null)
                throw new ArgumentException($"Pair {i} has no customer or no group.", nameof(pairs));
        }

        if (_groups is { } groups)
            return groups.Forecast(pairs, asOf, run);
        // Where nothing belongs together every group is unknown, and answered for as an unknown product is.
        var forecasts = new ReplenishmentForecast[pairs.Count];
        ParallelRows.For(forecasts.Length, 256, run, (from, until) =>
        {
            for (var i = from; i < until; i++)
            {
                forecasts[i] = _replenishment.Forecast(_columns, _columns.Customers.Find(pairs[i].CustomerId), -1, asOf.DayNumber)
                    .For(pairs[i].CustomerId, "", null, pairs[i].Group, asOf);
            }
        });
        return forecasts;
    }
}
