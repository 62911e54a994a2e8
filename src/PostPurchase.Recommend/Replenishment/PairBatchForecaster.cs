using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>Forecasts all pairs of many customers: a workspace for one thread, over a model that is shared.</summary>
internal sealed class PairBatchForecaster(
    ReplenishmentModel model, PurchaseColumns columns, PurchasePairs pairs, Action<int, PairForecast> body)
{
    private readonly CustomerVisits _visits = new();
    private readonly float[] _features = new float[PairFeatures.Count];
    private readonly PairBatch _repeated = new(model, isRepeated: true, body);
    private readonly PairBatch _seldom = new(model, isRepeated: false, body);

    public void Add(int customer, int asOfDay)
    {
        _visits.Load(columns, customer, asOfDay);
        if (_visits.Count == 0)
            return;
        model.Snapshot.FillCustomer(_visits, _features);
        for (var pair = pairs.CustomerStart[customer]; pair < pairs.CustomerStart[customer + 1]; pair++)
        {
            var own = new PairPurchases(columns, pairs, pair, asOfDay);
            if (own.Count == 0)
                continue;
            var gap = model.Snapshot.Fill(_visits, own, pairs.Product[pair], _features);
            var batch = PairHazards.IsRepeated(own, asOfDay) ? _repeated : _seldom;
            batch.Add(pair, own, gap, _features);
        }
    }

    public void Flush()
    {
        _repeated.Flush();
        _seldom.Flush();
    }
}
