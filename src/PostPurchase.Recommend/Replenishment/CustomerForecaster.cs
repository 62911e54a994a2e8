using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// Forecasts the products of one customer after the other: a workspace for one thread, over a model that is shared.
/// </summary>
internal sealed class CustomerForecaster(ReplenishmentModel model, PurchaseColumns columns)
{
    private readonly CustomerVisits _visits = new();
    private readonly float[] _features = new float[PairFeatures.Count];
    private readonly double[] _hazards = new double[HazardSegments.Count];

    /// <summary>The customer's purchases before the day are what all that follows looks at; -1 is an unknown customer.</summary>
    public void Load(int customer, int asOfDay)
    {
        _visits.Load(columns, customer, asOfDay);
        if (_visits.Count > 0)
            model.Snapshot.FillCustomer(_visits, _features);
    }

    /// <summary>The forecast of a product the loaded customer has bought before; with no purchase, as for a first one.</summary>
    public PairForecast Forecast(int product, in PairPurchases own)
    {
        if (own.Count == 0)
            return FirstPurchase(product);
        var gap = model.Snapshot.Fill(_visits, own, product, _features);
        model.Hazards.Of(PairHazards.IsRepeated(own, _visits.AsOfDay)).Fill(_features, _hazards);
        var curve = HazardCurve.Of(gap.Curve, _hazards);
        return model.Judge.Judge(curve, model.Snapshot.Priors.EvidenceOf(product, own.Count), own.Count, own.Day(own.Count - 1), gap);
    }

    public PairForecast FirstPurchase(int product) => model.FirstPurchase(product, _visits);
}
