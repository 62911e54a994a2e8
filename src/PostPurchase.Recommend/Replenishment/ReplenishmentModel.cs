using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// When customers buy products again: gaps shrunk from the customer's own over the product's and category's to all, a chance
/// that there is no next time, and hazards learned on the history itself. Immutable and safe to use from any number of threads.
/// </summary>
internal sealed class ReplenishmentModel
{
    public ReplenishmentModel(PairSnapshot snapshot, PairHazards hazards, FirstPurchases firstPurchases, ForecastJudge judge)
    {
        Snapshot = snapshot;
        Hazards = hazards;
        FirstPurchases = firstPurchases;
        Judge = judge;
    }

    public PairSnapshot Snapshot { get; }

    public PairHazards Hazards { get; }

    public FirstPurchases FirstPurchases { get; }

    public ForecastJudge Judge { get; }

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

    /// <summary>
    /// Forecasts questions, each a customer and a product; either number may be -1. <paramref name="body"/> receives the question's
    /// number and the forecast, from several threads at the same time and in any order.
    /// </summary>
    public void ForEach(
        PurchaseColumns columns, PurchasePairs pairs, int[] customer, int[] product, int asOfDay, TrainingRun run, Action<int, PairForecast> body)
    {
        int[] order = [.. Enumerable.Range(0, customer.Length)];
        // A customer's questions together: the customer's part is worked out once.
        Array.Sort((int[])customer.Clone(), order);
        ParallelRows.For(order.Length, 4096, run, (from, until) =>
        {
            var forecaster = new PairBatchForecaster(this, columns, pairs, body);
            foreach (var question in order.AsSpan(from, until - from))
                forecaster.Add(question, customer[question], product[question], asOfDay);
            forecaster.Flush();
        });
    }

    /// <summary>The forecast of a product that the customer with these visits has never bought.</summary>
    public PairForecast FirstPurchase(int product, CustomerVisits visits) =>
        FirstPurchases.Forecast(product, visits, Judge, Snapshot.Priors.DeliveryDays);

    public void Write(SectionWriter writer)
    {
        writer.Write(Judge.HorizonDays);
        writer.Write(Judge.WidestWindowShare);
        Snapshot.Write(writer);
        Hazards.Write(writer);
        FirstPurchases.Write(writer);
    }

    public static ReplenishmentModel Read(SectionReader reader)
    {
        var judge = new ForecastJudge(reader.ReadInt32(), reader.ReadDouble());
        if (judge.HorizonDays is < 1 or > ReplenishmentForecast.LongestHorizonDays || !(judge.WidestWindowShare > 0))
            throw reader.Damaged($"a horizon of {judge.HorizonDays} days");
        return new ReplenishmentModel(PairSnapshot.Read(reader), PairHazards.Read(reader), FirstPurchases.Read(reader), judge);
    }
}
