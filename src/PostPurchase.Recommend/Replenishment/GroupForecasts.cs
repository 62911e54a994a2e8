using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// When customers meet a need again, by whichever product of its replenishment group: a <see cref="ReplenishmentModel"/> of the history by
/// groups. Immutable and safe to use from any number of threads.
/// </summary>
internal sealed class GroupForecasts
{
    // The days ahead that say which of several consumables is the likeliest.
    private const int SoonDays = 90;

    private readonly PurchaseColumns _all;
    private readonly ReplenishmentModel _products;
    private readonly int[] _ofProduct;

    // Only questions about groups need them, and those about many the pairs.
    private readonly Lazy<PurchaseColumns> _columns;
    private readonly Lazy<PurchasePairs> _pairs;
    private readonly Lazy<int[]> _item;
    private readonly Lazy<ILookup<int, int>> _consumablesOf;

    public GroupForecasts(PurchaseColumns all, ReplenishmentModel model, ReplenishmentModel products)
    {
        (_all, _products) = (all, products);
        _ofProduct = all.ProductFamily;
        Model = model;
        _item = new(() => GroupColumns.Items(all));
        _columns = new(() => GroupColumns.Of(all));
        _pairs = new(() => PurchasePairs.From(_columns.Value));
        _consumablesOf = new(() => Enumerable.Range(0, all.Products.Count).Where(p => products.FirstPurchases.Links.To(p).Length > 0).ToLookup(p => _ofProduct[p]));
    }

    public ReplenishmentModel Model { get; }

    /// <summary>The forecasts of customers and groups in their order, whether or not they are known.</summary>
    public ReplenishmentForecast[] Forecast(IReadOnlyList<(string CustomerId, string Group)> questions, DateOnly asOf, TrainingRun run)
    {
        var names = _all.Families;
        int[] customer = [.. questions.Select(q => _all.Customers.Find(q.CustomerId))];
        int[] group = [.. questions.Select(q => names.Find(q.Group))];
        var forecasts = new ReplenishmentForecast[customer.Length];
        ForEach(customer, group, asOf.DayNumber, run, (i, forecast) =>
        {
            forecasts[i] = forecast.For(
                questions[i].CustomerId,
                LastOf(customer[i], group[i], asOf.DayNumber) ?? "",
                forecast.BaseProduct < 0 ? null : _all.Products[forecast.BaseProduct],
                questions[i].Group,
                asOf);
        });
        return forecasts;
    }

    /// <summary>The forecast of one customer and group, either of which may be -1; its base product is a product of the history.</summary>
    public PairForecast Forecast(int customer, int group, int asOfDay) =>
        OfProducts(Model.Forecast(_columns.Value, customer, group, asOfDay), customer, group, asOfDay);

    /// <summary>
    /// The forecasts of many, as <see cref="Forecast(int, int, int)"/>; <paramref name="body"/> receives the question's number and the forecast,
    /// from several threads at the same time and in any order.
    /// </summary>
    public void ForEach(int[] customer, int[] group, int asOfDay, TrainingRun run, Action<int, PairForecast> body) =>
        Model.ForEach(_columns.Value, _pairs.Value, customer, group, asOfDay, run, (i, forecast) => body(i, OfProducts(forecast, customer[i], group[i], asOfDay)));

    private PairForecast OfProducts(in PairForecast forecast, int customer, int group, int asOfDay)
    {
        if (forecast.TimesBought > 0 || customer < 0 || group < 0)
            return forecast;
        var first = forecast.BaseProduct < 0 ? forecast : forecast with { BaseProduct = FirstOf(customer, forecast.BaseProduct) };
        if (forecast.BaseProduct >= 0 && !GroupColumns.IsCategory(_all, forecast.BaseProduct))
            return first;
        // What was learned of all buyers of a category gives way to what is known of those of the base product; whatever else there is in the
        // category asked about can be bought, too.
        return AfterBase(customer, group, asOfDay) is { } after && (_all.IsNeed(group) || after.Curve.At(SoonDays) > first.Curve.At(SoonDays)) ? after : first;
    }

    // A base product that its category hides from the history by groups still speaks for the likeliest of its consumables.
    private PairForecast? AfterBase(int customer, int group, int asOfDay)
    {
        if (!_consumablesOf.Value.Contains(group))
            return null;
        var visits = new CustomerVisits();
        visits.Load(_all, customer, asOfDay);
        PairForecast? likeliest = null;
        foreach (var product in _consumablesOf.Value[group])
        {
            var first = _products.FirstPurchase(product, visits);
            if (first.BaseProduct >= 0 && (likeliest is not { } best || first.Curve.At(SoonDays) > best.Curve.At(SoonDays)))
                likeliest = first;
        }

        return likeliest;
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
    private int FirstOf(int customer, int item)
    {
        var (row, items) = (_all.CustomerStart[customer], _item.Value);
        while (items[_all.Product[row]] != item)
            row++;
        return _all.Product[row];
    }
}
