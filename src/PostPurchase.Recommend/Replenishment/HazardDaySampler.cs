using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>Writes down how pairs stood on one day, and after the purchases between it and the next such day.</summary>
internal sealed class HazardDaySampler(PurchaseColumns columns, PurchasePairs pairs, PairSnapshot snapshot, int end)
{
    private readonly CustomerVisits _visits = new();
    private readonly float[] _features = new float[PairFeatures.Count];
    private int _loaded = -1;

    public HazardSampleBuilder Repeated { get; } = new();

    public HazardSampleBuilder Seldom { get; } = new();

    /// <summary>About <paramref name="most"/> pairs of each kind as of <paramref name="day"/>, and up to half as many purchases until <paramref name="nextDay"/>.</summary>
    public void Sample(int day, int nextDay, int most, TrainingRun run)
    {
        var (repeated, seldom, purchases) = Count(day, nextDay);
        // By distance from the end, so that a log moved in time draws the same.
        var random = new SeededRandom(run.Seed, (ulong)(end - day));
        for (var customer = 0; customer < columns.Customers.Count; customer++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            _loaded = -1;
            for (var pair = pairs.CustomerStart[customer]; pair < pairs.CustomerStart[customer + 1]; pair++)
            {
                var own = new PairPurchases(columns, pairs, pair, day);
                if (own.Count > 0)
                {
                    // Rare pairs are all kept; of the many, as many as the share allows.
                    var share = PairHazards.IsRepeated(own, day) ? most / (double)repeated : most / (2.0 * seldom);
                    if (random.NextDouble() < share)
                        Add(customer, pair, own, day);
                }

                for (var next = pairs.RowStart[pair] + own.Count; next < pairs.RowStart[pair + 1]; next++)
                {
                    var bought = columns.Day[pairs.Row[next]];
                    if (bought >= nextDay)
                        break;
                    var after = new PairPurchases(columns, pairs, pair, bought + 1);
                    if (random.NextDouble() * purchases < (after.Count > 1 ? most / 2.0 : most / 8.0))
                        Add(customer, pair, after, bought + 1);
                }
            }
        }
    }

    private void Add(int customer, int pair, in PairPurchases own, int asOfDay)
    {
        if (_loaded != asOfDay)
        {
            _visits.Load(columns, customer, asOfDay);
            snapshot.FillCustomer(_visits, _features);
            _loaded = asOfDay;
        }

        snapshot.Fill(_visits, own, pairs.Product[pair], _features);
        var next = pairs.RowStart[pair] + own.Count;
        var bought = next < pairs.RowStart[pair + 1] ? columns.Day[pairs.Row[next]] - asOfDay : -1;
        (PairHazards.IsRepeated(own, asOfDay) ? Repeated : Seldom).Add(_features, customer, bought, end - asOfDay);
    }

    private (int Repeated, int Seldom, int Purchases) Count(int day, int nextDay)
    {
        var (repeated, seldom, purchases) = (0, 0, 0);
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            var own = new PairPurchases(columns, pairs, pair, day);
            purchases += new PairPurchases(columns, pairs, pair, nextDay).Count - own.Count;
            if (own.Count == 0)
                continue;
            if (PairHazards.IsRepeated(own, day))
                repeated++;
            else
                seldom++;
        }

        return (repeated, seldom, purchases);
    }
}
