using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>Finds the purchases that fall due inside a window, customer by customer.</summary>
internal sealed class DueFeed(ReplenishmentModel model, PurchaseColumns columns, PurchasePairs pairs)
{
    private readonly CustomerVisits _visits = new();

    /// <summary>The due purchases of customers <paramref name="from"/> to <paramref name="until"/> - 1, in order of customers, the most probable first for each, ties by product.</summary>
    public List<DuePurchase> Find(int from, int until, DueQuery query)
    {
        var start = pairs.CustomerStart[from];
        var found = new PairForecast?[pairs.CustomerStart[until] - start];
        model.ForEachPair(columns, pairs, from, until, query.Window.From.DayNumber, new TrainingRun(), (pair, forecast) =>
        {
            if (IsWanted(forecast, query))
                found[pair - start] = forecast;
        });
        List<DuePurchase> due = [];
        List<(double Probability, int Product, PairForecast Forecast)> ofCustomer = [];
        for (var customer = from; customer < until; customer++)
        {
            ofCustomer.Clear();
            for (var pair = pairs.CustomerStart[customer]; pair < pairs.CustomerStart[customer + 1]; pair++)
            {
                if (found[pair - start] is { } forecast && !IsSubscribed(customer, pairs.Product[pair], query))
                    ofCustomer.Add((Probability(forecast, query), pairs.Product[pair], forecast));
            }

            AddFirstPurchases(customer, query, ofCustomer);
            ofCustomer.Sort(static (a, b) => a.Probability != b.Probability ? b.Probability.CompareTo(a.Probability) : a.Product.CompareTo(b.Product));
            foreach (var (probability, product, forecast) in ofCustomer.Take(query.MostPerCustomer))
                due.Add(Describe(forecast.For(columns.Customers[customer], columns.Products[product], query.Window.From, columns.Products), forecast, probability));
        }

        return due;
    }

    // Consumables of base products the customer has, never bought so far.
    private void AddFirstPurchases(int customer, DueQuery query, List<(double Probability, int Product, PairForecast Forecast)> due)
    {
        if (model.FirstPurchases.Links.Count == 0)
            return;
        SortedSet<int> consumables = [];
        var asOf = query.Window.From.DayNumber;
        for (var row = columns.CustomerStart[customer]; row < columns.EndBefore(customer, asOf); row++)
        {
            foreach (var link in model.FirstPurchases.Links.From(columns.Product[row]))
                consumables.Add(link.Product);
        }

        if (consumables.Count == 0)
            return;
        _visits.Load(columns, customer, asOf);
        foreach (var product in consumables)
        {
            if (_visits.FirstOf(product).Count > 0 || IsSubscribed(customer, product, query))
                continue;
            var forecast = model.FirstPurchase(product, _visits);
            if (IsWanted(forecast, query))
                due.Add((Probability(forecast, query), product, forecast));
        }
    }

    private static DuePurchase Describe(ReplenishmentForecast forecast, in PairForecast pair, double probability) =>
        new(forecast.CustomerId, forecast.ProductId, probability, forecast.DueDate!.Value, forecast.Window()!.Value, forecast.Evidence)
        {
            Status = pair.Status,
            BaseProductId = forecast.BaseProductId,
            IdempotencyKey = Key(forecast, pair),
        };

    // One key for a customer, product, last purchase (of it, or of its base) and status, whatever day the feed runs. Lengths keep ids apart.
    private static string Key(ReplenishmentForecast forecast, in PairForecast pair)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{forecast.CustomerId.Length} {forecast.CustomerId} {forecast.ProductId} {pair.LastDay} {(int)pair.Status}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    private static bool IsWanted(in PairForecast forecast, DueQuery query) =>
        forecast.Evidence != Evidence.NotPredictable
        && Probability(forecast, query) >= query.MinimumProbability
        && query.Statuses.Contains(forecast.Status);

    private static double Probability(in PairForecast forecast, DueQuery query) =>
        Math.Max(0, forecast.Curve.At(query.LeadDays + query.Window.Days) - forecast.Curve.At(query.LeadDays));

    private bool IsSubscribed(int customer, int product, DueQuery query) =>
        query.Subscriptions.Count > 0 && query.Subscriptions.Contains((columns.Customers[customer], columns.Products[product]));
}
