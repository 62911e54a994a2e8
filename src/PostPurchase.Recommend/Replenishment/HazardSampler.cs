using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>Goes back to days inside the history and writes down how pairs stood then and what followed.</summary>
internal sealed class HazardSampler(PurchaseColumns columns, PurchasePairs pairs, ReplenishmentOptions options, TrainingRun run)
{
    // Close together where short segments are learned, further apart where long ones need a long view.
    private static readonly int[] DaysBack =
        [7, 14, 21, 30, 45, 60, 75, 90, 105, 120, 150, 180, 210, 240, 300, 365, 425, 485, 545];

    public (HazardSample Repeated, HazardSample Seldom) Sample()
    {
        var end = columns.LastDay + 1;
        var leastPast = Math.Max(30, (end - columns.FirstDay) / 4);
        int[] days = [.. DaysBack.Select(back => end - back).Where(day => day - columns.FirstDay >= leastPast)];
        var repeated = new HazardSampleBuilder[days.Length];
        var seldom = new HazardSampleBuilder[days.Length];
        ParallelRows.For(days.Length, 1, run, (from, until) =>
        {
            for (var i = from; i < until; i++)
            {
                repeated[i] = new HazardSampleBuilder();
                seldom[i] = new HazardSampleBuilder();
                SampleDay(days[i], end, options.MostLearningPairs / days.Length, repeated[i], seldom[i]);
            }
        });
        return (HazardSampleBuilder.Join(repeated), HazardSampleBuilder.Join(seldom));
    }

    private void SampleDay(int asOfDay, int end, int most, HazardSampleBuilder repeated, HazardSampleBuilder seldom)
    {
        var (repeatedPairs, seldomPairs) = Count(asOfDay);
        var snapshot = PairSnapshot.Of(columns, pairs, asOfDay, options);
        var visits = new CustomerVisits();
        var random = new SeededRandom(run.Seed, (ulong)asOfDay);
        var features = new float[PairFeatures.Count];
        for (var customer = 0; customer < columns.Customers.Count; customer++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            visits.Load(columns, customer, asOfDay);
            if (visits.Count == 0)
                continue;
            PairFeatures.FillCustomer(visits, features);
            for (var pair = pairs.CustomerStart[customer]; pair < pairs.CustomerStart[customer + 1]; pair++)
            {
                var own = new PairPurchases(columns, pairs, pair, asOfDay);
                if (own.Count == 0)
                    continue;
                var isRepeated = PairHazards.IsRepeated(own, asOfDay);
                // Rare pairs are all kept; of the many, as many as the share allows.
                if (random.NextDouble() * (isRepeated ? repeatedPairs : seldomPairs) >= (isRepeated ? most : most / 2))
                    continue;
                snapshot.Fill(visits, own, pairs.Product[pair], features);
                var next = pairs.RowStart[pair] + own.Count;
                var bought = next < pairs.RowStart[pair + 1] ? columns.Day[pairs.Row[next]] - asOfDay : -1;
                (isRepeated ? repeated : seldom).Add(features, bought, end - asOfDay);
            }
        }
    }

    private (int Repeated, int Seldom) Count(int asOfDay)
    {
        var (repeated, seldom) = (0, 0);
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            var own = new PairPurchases(columns, pairs, pair, asOfDay);
            if (own.Count == 0)
                continue;
            if (PairHazards.IsRepeated(own, asOfDay))
                repeated++;
            else
                seldom++;
        }

        return (repeated, seldom);
    }
}
