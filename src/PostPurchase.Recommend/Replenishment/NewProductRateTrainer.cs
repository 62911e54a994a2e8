using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// Learns a <see cref="NewProductRate"/> by looking back: what customers were like some weeks ago, and how many new products they have bought since. With a history too
/// short for that customers come as often as they did, and find as much that is new on a visit as all of them do.
/// </summary>
internal sealed class NewProductRateTrainer(PurchaseColumns columns, PurchasePairs pairs, TrainingRun run)
{
    private const int MostCustomers = 20_000;

    // The latest weeks say most of the next ones.
    private const int MostLooksBack = 6;
    private const double LookWeight = 0.6;
    private const int LongestLook = 30;
    private const int LooksInHistory = 3;

    // What customers find on their first weeks in a shop that has just opened says little of what they will find later.
    private const int LeastHistory = 45;

    public NewProductRate Train(int asOfDay)
    {
        var customers = Customers(asOfDay).Select(customer => customer.Record).ToList();
        var rates = PurchaseRates.Of(customers);
        var rate = Learned(asOfDay, rates) ?? ByVisits(rates);
        return rate with { OfUnknown = customers.Select(customer => rate.PerDay(customer)).DefaultIfEmpty(rates.NewPerDay).Average() };
    }

    private static NewProductRate ByVisits(PurchaseRates rates)
    {
        var (mean, scale, weights) = (new double[NewProductRate.Inputs], new double[NewProductRate.Inputs], new double[NewProductRate.Inputs + 1]);
        (mean[NewProductRate.VisitsInput], scale[NewProductRate.VisitsInput], weights[NewProductRate.VisitsInput]) = (Math.Log(rates.VisitsPerDay), 1, 1);
        weights[^1] = Math.Log(rates.NewPerDay);
        return new NewProductRate(rates, mean, scale, weights);
    }

    private NewProductRate? Learned(int asOfDay, PurchaseRates rates)
    {
        var history = asOfDay - columns.FirstDay;
        if (history < LeastHistory)
            return null;
        var look = Math.Min(history / LooksInHistory, LongestLook);
        List<CountedEvents> rows = [];
        for (var back = 1; back <= MostLooksBack && (back * look) + (look / 2) < history; back++)
            LookBack(asOfDay - (back * look), look, Math.Pow(LookWeight, back - 1), rows);
        if (rows.Count == 0)
            return null;
        var (mean, scale) = Standardise(rows);
        // Before anything is learned: as often as the customer comes, with as much that is new as all find on a visit.
        var prior = new double[NewProductRate.Inputs + 1];
        prior[NewProductRate.VisitsInput] = scale[NewProductRate.VisitsInput] > 0 ? 1 / scale[NewProductRate.VisitsInput] : 0;
        prior[^1] = mean[NewProductRate.VisitsInput] + Math.Log(rates.NewPerDay / rates.VisitsPerDay);
        return new NewProductRate(rates, mean, scale, CountRegression.Fit(rows, NewProductRate.Days(look), prior, run));
    }

    private IEnumerable<(int Customer, NewProductRecord Record)> Customers(int asOfDay)
    {
        var visits = new CustomerVisits();
        var step = (columns.Customers.Count + MostCustomers - 1) / MostCustomers;
        for (var customer = 0; customer < columns.Customers.Count; customer += step)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            visits.Load(columns, customer, asOfDay);
            if (visits.Count > 0)
                yield return (customer, NewProductRecord.Of(visits));
        }
    }

    private void LookBack(int asOfDay, int days, double weight, List<CountedEvents> rows)
    {
        var customers = Customers(asOfDay).ToList();
        var rates = PurchaseRates.Of(customers.Select(customer => customer.Record));
        foreach (var (customer, record) in customers)
        {
            var inputs = new double[NewProductRate.Inputs];
            NewProductRate.Fill(record, rates, inputs);
            rows.Add(new CountedEvents(inputs, NewProducts(customer, asOfDay, days), weight));
        }
    }

    private int NewProducts(int customer, int from, int days)
    {
        var count = 0;
        for (var pair = pairs.CustomerStart[customer]; pair < pairs.CustomerStart[customer + 1]; pair++)
        {
            var first = columns.Day[pairs.Row[pairs.RowStart[pair]]];
            count += first >= from && first < from + days ? 1 : 0;
        }

        return count;
    }

    // Puts standardised inputs in the place of those there are.
    private static (double[] Mean, double[] Scale) Standardise(List<CountedEvents> rows)
    {
        var (mean, scale) = (new double[NewProductRate.Inputs], new double[NewProductRate.Inputs]);
        for (var j = 0; j < NewProductRate.Inputs; j++)
        {
            mean[j] = rows.Average(row => row.Inputs[j]);
            var deviation = Math.Sqrt(rows.Average(row => (row.Inputs[j] - mean[j]) * (row.Inputs[j] - mean[j])));
            scale[j] = deviation > 1e-6 ? 1 / deviation : 0;
            foreach (var row in rows)
                row.Inputs[j] = NewProductRate.Standard(row.Inputs[j], mean[j], scale[j]);
        }

        return (mean, scale);
    }
}
