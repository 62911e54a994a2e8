using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// Forecasts many pairs together: a workspace for one thread, over a model that is shared. What it adds is answered by the time
/// it is flushed.
/// </summary>
internal sealed class PairBatchForecaster(
    ReplenishmentModel model, PurchaseColumns columns, PurchasePairs pairs, Action<int, PairForecast> body)
{
    private readonly CustomerVisits _visits = new();
    private readonly float[] _features = new float[PairFeatures.Count];
    private readonly PairBatch _repeated = new(model, isRepeated: true, body);
    private readonly PairBatch _seldom = new(model, isRepeated: false, body);
    private (int Customer, int AsOfDay) _loaded = (-2, 0);

    /// <summary>All pairs of the customer that were bought before the day.</summary>
    public void Add(int customer, int asOfDay)
    {
        Load(customer, asOfDay);
        if (_visits.Count == 0)
            return;
        for (var pair = pairs.CustomerStart[customer]; pair < pairs.CustomerStart[customer + 1]; pair++)
        {
            var own = new PairPurchases(columns, pairs, pair, asOfDay);
            if (own.Count > 0)
                Add(pair, own, pairs.Product[pair], asOfDay);
        }
    }

    /// <summary>One question; either number may be -1. Fastest when questions about one customer follow each other.</summary>
    public void Add(int question, int customer, int product, int asOfDay)
    {
        Load(customer, asOfDay);
        var pair = customer < 0 || product < 0 ? -1 : pairs.Find(customer, product);
        var own = pair < 0 ? default : new PairPurchases(columns, pairs, pair, asOfDay);
        if (own.Count > 0)
            Add(question, own, product, asOfDay);
        else
            body(question, model.FirstPurchase(product, _visits));
    }

    public void Flush()
    {
        _repeated.Flush();
        _seldom.Flush();
    }

    private void Load(int customer, int asOfDay)
    {
        if (_loaded == (customer, asOfDay))
            return;
        _loaded = (customer, asOfDay);
        _visits.Load(columns, customer, asOfDay);
        if (_visits.Count > 0)
            model.Snapshot.FillCustomer(_visits, _features);
    }

    private void Add(int number, in PairPurchases own, int product, int asOfDay)
    {
        var gap = model.Snapshot.Fill(_visits, own, product, _features);
        var batch = PairHazards.IsRepeated(own, asOfDay) ? _repeated : _seldom;
        batch.Add(number, own, product, gap, _features);
    }
}
