using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>Finds the purchases that fall due inside a window, customer by customer.</summary>
internal sealed class DueFeed(ReplenishmentModel model, PurchaseColumns columns, PurchasePairs pairs)
{
    /// <summary>The due purchases of customers <paramref name="from"/> to <paramref name="until"/> - 1, in order of customers, the most probable first for each, ties by product.</summary>
    public List<DuePurchase> Find(int from, int until, DueQuery query)
    {
        var asOfDay = query.Window.From.DayNumber;
        var forecaster = new CustomerForecaster(model, columns);
        List<DuePurchase> due = [];
        List<(double Probability, int Product, PairForecast Forecast)> ofCustomer = [];
        for (var customer = from; customer < until; customer++)
        {
            ofCustomer.Clear();
            forecaster.Load(customer, asOfDay);
            for (var pair = pairs.CustomerStart[customer]; pair < pairs.CustomerStart[customer + 1]; pair++)
            {
                var own = new PairPurchases(columns, pairs, pair, asOfDay);
                if (own.Count == 0)
                    continue;
                var forecast = forecaster.Forecast(pairs.Product[pair], own);
                var probability = forecast.Curve.At(query.Window.Days);
                if (forecast.Evidence != Evidence.NotPredictable && probability >= query.MinimumProbability)
                    ofCustomer.Add((probability, pairs.Product[pair], forecast));
            }

            ofCustomer.Sort(static (a, b) => a.Probability != b.Probability ? b.Probability.CompareTo(a.Probability) : a.Product.CompareTo(b.Product));
            foreach (var (probability, product, pairForecast) in ofCustomer)
            {
                var forecast = new ReplenishmentForecast(
                    columns.Customers[customer], columns.Products[product], query.Window.From, pairForecast.Evidence, pairForecast.Curve);
                due.Add(new DuePurchase(
                    forecast.CustomerId, forecast.ProductId, probability, forecast.DueDate!.Value, forecast.Window()!.Value, forecast.Evidence));
            }
        }

        return due;
    }
}
