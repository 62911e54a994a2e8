using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// When customers buy products again: gaps shrunk from the customer's own over the product's and category's to all, a chance
/// that there is no next time, and hazards learned on the history itself. Immutable and safe to use from any number of threads.
/// </summary>
internal sealed class ReplenishmentModel
{
    private readonly int _widestWindowDays;

    public ReplenishmentModel(PairSnapshot snapshot, PairHazards hazards, FirstPurchases firstPurchases, int widestWindowDays)
    {
        Snapshot = snapshot;
        Hazards = hazards;
        FirstPurchases = firstPurchases;
        _widestWindowDays = widestWindowDays;
    }

    public PairSnapshot Snapshot { get; }

    public PairHazards Hazards { get; }

    public FirstPurchases FirstPurchases { get; }

    /// <summary>
    /// The forecast of one customer and product from the customer's purchases before the day; either number may be -1 for
    /// one the model does not know.
    /// </summary>
    public PairForecast Forecast(PurchaseColumns columns, int customer, int product, int asOfDay)
    {
        var forecaster = new CustomerForecaster(this, columns);
        forecaster.Load(customer, asOfDay);
        if (customer < 0 || product < 0)
            return forecaster.FirstPurchase(product);
        List<int> rows = [];
        for (var row = columns.CustomerStart[customer]; row < columns.EndBefore(customer, asOfDay); row++)
        {
            if (columns.Product[row] == product)
                rows.Add(row);
        }

        return forecaster.Forecast(product, new PairPurchases(columns, [.. rows], 0, rows.Count, asOfDay));
    }

    /// <summary>
    /// Forecasts every pair of the customers in [<paramref name="from"/>, <paramref name="until"/>) that was bought before the day.
    /// <paramref name="body"/> receives the pair's number and the forecast, from several threads at the same time and in any order.
    /// </summary>
    public void ForEachPair(
        PurchaseColumns columns, PurchasePairs pairs, int from, int until, int asOfDay, TrainingRun run, Action<int, PairForecast> body) =>
        ParallelRows.For(until - from, 64, run, (first, end) =>
        {
            var forecaster = new PairBatchForecaster(this, columns, pairs, body);
            for (var customer = from + first; customer < from + end; customer++)
                forecaster.Add(customer, asOfDay);
            forecaster.Flush();
        });

    /// <summary>The evidence, unless the window is too wide for a reminder to be better than chance.</summary>
    public Evidence Judge(PurchaseCurve curve, Evidence evidence) =>
        curve.Limit > 0 && curve.Quantile(0.9) - curve.Quantile(0.1) <= _widestWindowDays ? evidence : Evidence.NotPredictable;

    public void Write(SectionWriter writer)
    {
        writer.Write(_widestWindowDays);
        Snapshot.Write(writer);
        Hazards.Write(writer);
        FirstPurchases.Write(writer);
    }

    public static ReplenishmentModel Read(SectionReader reader)
    {
        var widest = reader.ReadInt32();
        return new ReplenishmentModel(PairSnapshot.Read(reader), PairHazards.Read(reader), FirstPurchases.Read(reader), widest);
    }
}
