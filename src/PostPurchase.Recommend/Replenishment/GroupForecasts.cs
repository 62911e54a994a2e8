using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// When customers meet a need again, by whichever product of its replenishment group: a <see cref="ReplenishmentModel"/> of the history by
/// groups. Immutable and safe to use from any number of threads.
/// </summary>
internal sealed class GroupForecasts
{
    private readonly PurchaseColumns _all;
    private readonly int[] _ofProduct;

    // Only questions about groups need them.
    private readonly Lazy<(PurchaseColumns Columns, PurchasePairs Pairs)> _byGroup;
    private readonly Lazy<int[]> _item;

    public GroupForecasts(PurchaseColumns all, ReplenishmentModel model)
    {
        _all = all;
        _ofProduct = all.ProductFamily;
        Model = model;
        _item = new(() => GroupColumns.Items(all));
        _byGroup = new(() =>
        {
            var columns = GroupColumns.Of(all);
            return (columns, PurchasePairs.From(columns));
        });
    }

    public ReplenishmentModel Model { get; }

    /// <summary>The forecasts of customers and groups in their order, whether or not they are known.</summary>
    public ReplenishmentForecast[] Forecast(IReadOnlyList<(string CustomerId, string Group)> questions, DateOnly asOf, TrainingRun run)
    {
        var (columns, pairs) = _byGroup.Value;
        var names = _all.Families;
        int[] customer = [.. questions.Select(q => _all.Customers.Find(q.CustomerId))];
        int[] group = [.. questions.Select(q => names.Find(q.Group))];
        var forecasts = new ReplenishmentForecast[customer.Length];
        Model.ForEach(columns, pairs, customer, group, asOf.DayNumber, run, (i, forecast) =>
        {
            forecasts[i] = forecast.For(
                questions[i].CustomerId,
                LastOf(customer[i], group[i], asOf.DayNumber) ?? "",
                forecast.BaseProduct < 0 ? null : FirstOf(customer[i], forecast.BaseProduct),
                questions[i].Group,
                asOf);
        });
        return forecasts;
    }

    // The product of the group that was bought on the latest day before the one asked about.
    private string? LastOf(int customer, int group, int asOfDay)
    {
        var (found, day) = (-1, -1);
        for (var row = customer < 0 || group < 0 ? -1 : _all.EndBefore(customer, asOfDay) - 1; row >= 0 && row >= _all.CustomerStart[customer]; row--)
        {
            if (found >= 0 && _all.Day[row] < day)
                break;
            if (_ofProduct[_all.Product[row]] == group)
                (found, day) = (_all.Product[row], _all.Day[row]);
        }

        return found < 0 ? null : _all.Products[found];
    }

    // The product of a base group, or the base product without a group, that the customer bought first: use begins with it.
    private string FirstOf(int customer, int item)
    {
        var (row, items) = (_all.CustomerStart[customer], _item.Value);
        while (items[_all.Product[row]] != item)
            row++;
        return _all.Products[_all.Product[row]];
    }
}
