using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// When the consumable follows its base product, counted from the delivery where that is known, and for which share of the base's buyers it ever does: per link by expectation
/// maximisation over those who came and those who have not come yet. The log odds of coming at all change with how long the buyer had been a
/// customer (a mixture cure model with a logistic share: Farewell 1982), by as much a year for all links.
/// </summary>
internal sealed class ConsumableGaps
{
    private const int Rounds = 15;
    private const int LinksPerBlock = 8;

    // Believed of the change a year before anything is seen: none, give or take one.
    private const double PriorPrecision = 1;

    private readonly int _base;
    private readonly int _product;
    private readonly List<(double LogGap, bool Ended, double Tenure)> _gaps = [];
    private readonly double _tenure;
    private GapPrior _gap;

    private ConsumableGaps(PurchaseColumns columns, PurchasePairs pairs, int[] customerOf, int[] pairsOfBase, (int Base, int Product) link, GapPrior start)
    {
        (_base, _product) = link;
        _gap = start;
        foreach (var pair in pairsOfBase)
        {
            var customer = customerOf[pair];
            var next = pairs.Find(customer, _product);
            var bought = next < 0 ? columns.LastDay + 1 : columns.Day[pairs.Row[pairs.RowStart[next]]];
            var had = new PairPurchases(columns, pairs.Row, pairs.RowStart[pair], pairs.RowStart[pair] + 1, bought);
            // Who had the consumable before, or bought both together, says nothing about when.
            if (had.Count > 0)
                _gaps.Add((Math.Log(had.Gap(0)), next >= 0, ConsumableLinks.Tenure(had.Day(0), columns.Day[columns.CustomerStart[customer]])));
        }

        _tenure = _gaps.Count == 0 ? 0 : _gaps.Average(gap => gap.Tenure);
    }

    public static ConsumableLinks Learn(
        PurchaseColumns columns, PurchasePairs pairs, (int Base, int Product)[] links, ReplenishmentOptions options, TrainingRun run)
    {
        var start = new GapPrior(Math.Log(options.PriorGapDays), 1, 0.3);
        var customerOf = new int[pairs.Count];
        for (var customer = 0; customer < columns.Customers.Count; customer++)
            customerOf.AsSpan(pairs.CustomerStart[customer]..pairs.CustomerStart[customer + 1]).Fill(customer);
        var bases = links.Select(link => link.Base).ToHashSet();
        var pairsOf = Enumerable.Range(0, pairs.Count).Where(pair => bases.Contains(pairs.Product[pair])).ToLookup(pair => pairs.Product[pair]);
        var all = new ConsumableGaps[links.Length];
        ParallelRows.For(all.Length, LinksPerBlock, run, (from, until) =>
        {
            for (var i = from; i < until; i++)
                all[i] = new ConsumableGaps(columns, pairs, customerOf, [.. pairsOf[links[i].Base]], links[i], start);
        });
        var steps = new (double Gradient, double Curvature)[links.Length];
        var slope = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            ParallelRows.For(all.Length, LinksPerBlock, run, (from, until) =>
            {
                for (var i = from; i < until; i++)
                {
                    all[i].Update(start, slope, options);
                    steps[i] = all[i].Slope(slope);
                }
            });
            var (gradient, curvature) = (-PriorPrecision * slope, PriorPrecision);
            foreach (var step in steps)
                (gradient, curvature) = (gradient + step.Gradient, curvature + step.Curvature);
            slope += Math.Clamp(gradient / curvature, -1, 1);
        }

        return new ConsumableLinks(all.Select(link => new ConsumableLink(link._base, link._product, link._gap, link._tenure)), slope);
    }

    private GapPrior For(double tenure, double slope) =>
        _gap with { ReturnShare = ConsumableLinks.ShareAfter(_gap.ReturnShare, slope * (tenure - _tenure)) };

    private void Update(GapPrior start, double slope, ReplenishmentOptions options)
    {
        var moments = default(GapMoments);
        foreach (var (logGap, ended, tenure) in _gaps)
            moments.Add(logGap, ended, For(tenure, slope));
        _gap = moments.Shrunk(start, options);
    }

    // One step of Newton's method on the expected log likelihood of who comes.
    private (double Gradient, double Curvature) Slope(double slope)
    {
        var (gradient, curvature) = (0.0, 0.0);
        foreach (var (logGap, ended, tenure) in _gaps)
        {
            var belief = For(tenure, slope);
            var share = belief.ReturnShare;
            gradient += ((ended ? 1 : belief.EndsWhen(belief.Survival(logGap))) - share) * (tenure - _tenure);
            curvature += share * (1 - share) * (tenure - _tenure) * (tenure - _tenure);
        }

        return (gradient, curvature);
    }
}
