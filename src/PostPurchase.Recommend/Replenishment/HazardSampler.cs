using PostPurchase.Recommend.Customers;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// Goes back to days inside the history and writes down how pairs stood then and what followed: every pair on each of these
/// days, and pairs on the day after a purchase between them, since that is when a shop asks most.
/// </summary>
internal sealed class HazardSampler(
    PurchaseColumns columns, PurchasePairs pairs, CustomerModel customers, ReplenishmentOptions options, TrainingRun run)
{
    // Close together where short segments are learned, further apart where long ones need a long view.
    private static readonly int[] DaysBack =
        [7, 14, 21, 30, 45, 60, 75, 90, 105, 120, 150, 180, 210, 240, 300, 365, 425, 485, 545];

    public (HazardSample Repeated, HazardSample Seldom) Sample()
    {
        var end = columns.LastDay + 1;
        // A month to know customers by, or a quarter of a long log; of a log of weeks, half.
        var whole = end - columns.FirstDay;
        var leastPast = Math.Max(Math.Min(30, whole / 2), whole / 4);
        int[] days = [.. DaysBack.Select(back => end - back).Where(day => day - columns.FirstDay >= leastPast)];
        var parts = new HazardDaySampler[days.Length];
        ParallelRows.For(days.Length, 1, run, (from, until) =>
        {
            for (var i = from; i < until; i++)
            {
                parts[i] = new HazardDaySampler(columns, pairs, PairSnapshot.Of(columns, pairs, days[i], customers, options, run.Cancellation), end);
                parts[i].Sample(days[i], i == 0 ? days[i] : days[i - 1], options.MostLearningPairs / days.Length, run);
            }
        });
        var used = PairFeatures.Used(columns);
        return (HazardSampleBuilder.Join([.. parts.Select(p => p.Repeated)], used), HazardSampleBuilder.Join([.. parts.Select(p => p.Seldom)], used));
    }
}
