using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>Finds the purchases that fall due inside a window, customer by customer.</summary>
internal sealed class DueFeed(ProductForecasts forecasts, PurchaseColumns columns, PurchasePairs pairs, DueQuery query)
{
    private readonly CustomerVisits _visits = new();

    private readonly HashSet<(int Customer, int Product)> _subscriptions = [.. Subscriptions(columns, query)];

    // A need that a subscription to one product of its group meets.
    private readonly HashSet<(int Customer, int Group)> _metBySubscription =
        [.. Subscriptions(columns, query).Select(pair => (pair.Customer, Group: columns.NeedOf(pair.Product))).Where(pair => pair.Group >= 0)];

    /// <summary>
    /// The due purchases of customers <paramref name="from"/> to <paramref name="until"/> - 1, in order of customers, the most probable first for
    /// each, ties by product; of a replenishment group that the catalogue names only the most probable.
    /// </summary>
    public List<DuePurchase> Find(int from, int until, CancellationToken cancellation = default)
    {
        var start = pairs.CustomerStart[from];
        var found = new PairForecast?[pairs.CustomerStart[until] - start];
        forecasts.ForEachPair(pairs, from, until, query.Window.From.DayNumber, new TrainingRun { Cancellation = cancellation }, (pair, forecast) =>
        {
            if (IsWanted(forecast))
                found[pair - start] = forecast;
        });
        List<DuePurchase> due = [];
        List<(double Probability, int Product, PairForecast Forecast)> ofCustomer = [];
        HashSet<int> groups = [];
        for (var customer = from; customer < until; customer++)
        {
            ofCustomer.Clear();
            groups.Clear();
            for (var pair = pairs.CustomerStart[customer]; pair < pairs.CustomerStart[customer + 1]; pair++)
            {
                if (found[pair - start] is { } forecast && !IsSubscribed(customer, pairs.Product[pair]))
                    ofCustomer.Add((Probability(forecast), pairs.Product[pair], forecast));
            }

            AddFirstPurchases(customer, ofCustomer);
            ofCustomer.Sort(static (a, b) => a.Probability != b.Probability ? b.Probability.CompareTo(a.Probability) : a.Product.CompareTo(b.Product));
            var wanted = ofCustomer.Where(due => columns.NeedOf(due.Product) is var group && (group < 0 || groups.Add(group)));
            foreach (var (probability, product, forecast) in wanted.Take(query.MostPerCustomer))
                due.Add(Describe(customer, product, forecast, probability));
        }

        return due;
    }

    // Consumables of base products the customer has, never bought so far.
    private void AddFirstPurchases(int customer, List<(double Probability, int Product, PairForecast Forecast)> due)
    {
        if (forecasts.Links.Count == 0)
            return;
        SortedSet<int> consumables = [];
        var asOf = query.Window.From.DayNumber;
        for (var row = columns.CustomerStart[customer]; row < columns.EndBefore(customer, asOf); row++)
        {
            foreach (var link in forecasts.Links.From(columns.Product[row]))
                consumables.Add(link.Product);
        }

        if (consumables.Count == 0)
            return;
        _visits.Load(columns, customer, asOf);
        foreach (var product in consumables)
        {
            if (_visits.FirstOf(product).Count > 0 || _visits.Groups.IsMet(product) || IsSubscribed(customer, product))
                continue;
            var forecast = forecasts.FirstPurchase(customer, product, _visits);
            if (IsWanted(forecast))
                due.Add((Probability(forecast), product, forecast));
        }
    }

    private DuePurchase Describe(int customer, int product, in PairForecast pair, double probability)
    {
        var forecast = pair.For(columns.Customers[customer], columns.Products[product], query.Window.From, columns.Products);
        return new DuePurchase(forecast.CustomerId, forecast.ProductId, probability, forecast.DueDate!.Value, forecast.Window()!.Value, forecast.Evidence)
        {
            Status = pair.Status,
            BaseProductId = forecast.BaseProductId,
            IdempotencyKey = Key(customer, product, pair),
        };
    }

    // One key for a customer, need, last purchase that met it (or else base product that came last) and status, whatever day the feed runs,
    // whichever product of a group it names and whichever base product speaks for it that day. Lengths keep ids apart.
    private string Key(int customer, int product, in PairForecast pair)
    {
        var group = columns.NeedOf(product);
        var (need, day, kind) = group < 0
            ? (columns.Products[product], pair.TimesBought > 0 ? pair.LastDay : LatestBase(customer, product, group), "")
            : (columns.Groups[group], LastDay(customer, group) is > 0 and var met ? met : LatestBase(customer, product, group), " group");
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{columns.Customers[customer].Length} {columns.Customers[customer]} {need} {day} {(int)pair.Status}{kind}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    // Zero where nothing of the group was bought yet.
    private int LastDay(int customer, int group)
    {
        for (var row = columns.EndBefore(customer, query.Window.From.DayNumber) - 1; row >= columns.CustomerStart[customer]; row--)
        {
            if (columns.ProductGroup[columns.Product[row]] == group)
                return columns.Day[row];
        }

        return 0;
    }

    // The day the customer came to have the latest base product of the consumable, or of any that serves the same need.
    private int LatestBase(int customer, int product, int group)
    {
        var day = 0;
        HashSet<int> had = [];
        for (var row = columns.CustomerStart[customer]; row < columns.EndBefore(customer, query.Window.From.DayNumber); row++)
        {
            if (!had.Add(columns.Product[row]))
                continue;
            foreach (var link in forecasts.Links.From(columns.Product[row]))
            {
                if (link.Product == product || (group >= 0 && columns.NeedOf(link.Product) == group))
                    day = columns.Day[row];
            }
        }

        return day;
    }

    // In numbers, so that ids are compared as everywhere else.
    private static IEnumerable<(int Customer, int Product)> Subscriptions(PurchaseColumns columns, DueQuery query) =>
        query.Subscriptions.Select(pair => (Customer: columns.Customers.Find(pair.CustomerId), Product: columns.Products.Find(pair.ProductId)))
            .Where(pair => pair.Customer >= 0 && pair.Product >= 0);

    private bool IsWanted(in PairForecast forecast) =>
        forecast.Evidence != Evidence.NotPredictable
        && Probability(forecast) >= query.MinimumProbability
        && query.Statuses.Contains(forecast.Status);

    private double Probability(in PairForecast forecast) =>
        Math.Max(0, forecast.Curve.At(query.LeadDays + query.Window.Days) - forecast.Curve.At(query.LeadDays));

    private bool IsSubscribed(int customer, int product) =>
        _subscriptions.Contains((customer, product)) || _metBySubscription.Contains((customer, columns.NeedOf(product)));
}
