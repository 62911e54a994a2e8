using MathNet.Numerics.Distributions;
using PostPurchase.Recommend.Complements;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Oracles;

/// <summary>Complements by their definition, looking at every customer anew for every pair of products.</summary>
internal sealed class NaiveComplements
{
    private readonly ComplementOptions _options;
    private readonly int _lastDay;
    private readonly int _firstDay;
    private readonly List<(int Day, int Product)[]> _firsts = [];
    private readonly ILookup<int, int> _ofPeriod;
    private readonly NaiveLifts _lifts;

    public NaiveComplements(PurchaseColumns columns, ComplementOptions options)
    {
        (_options, _firstDay, _lastDay) = (options, columns.FirstDay, columns.LastDay);
        for (var c = 0; c < columns.Customers.Count; c++)
        {
            var rows = Enumerable.Range(columns.CustomerStart[c], columns.CustomerStart[c + 1] - columns.CustomerStart[c]);
            _firsts.Add([.. rows.Select(row => (columns.Day[row], columns.Product[row])).OrderBy(x => x).DistinctBy(x => x.Item2)]);
        }

        _ofPeriod = _firsts.SelectMany(firsts => firsts).ToLookup(first => Period(first.Day), first => first.Product);
        int[] products = [.. Enumerable.Range(0, columns.Products.Count)];
        _lifts = new NaiveLifts(
            from anchor in products
            let after = Near(anchor).After
            from product in products
            where product != anchor
            select (after.Count(x => x.Product == product), Expected(product, after)));
    }

    /// <summary>How many pairs asked about were left out for being substitutes.</summary>
    public int Substitutes { get; private set; }

    public List<(int Product, double Probability, double Lift, int Customers)> Of(int anchor)
    {
        var (before, with, after, exposure) = Near(anchor);
        var candidates = after.GroupBy(x => x.Product).Where(g => g.Count() >= _options.MinimumCustomers).Select(g => g.Key).ToArray();
        List<(int Product, double Probability, double Lift, int Customers)> found = [];
        foreach (var product in candidates)
        {
            var (count, expected) = (after.Count(x => x.Product == product), Expected(product, after));
            var lift = _lifts.Of(count, expected);
            var alarm = 1 - Enumerable.Range(0, count).Sum(k => Poisson.PMF(expected, k));
            if (lift < _options.MinimumLift || alarm > _options.FalseAlarmRate / candidates.Length)
                continue;
            if (IsSubstitute())
            {
                Substitutes++;
                continue;
            }

            found.Add((product, Math.Min(1, lift * expected / Math.Max(1, exposure)), lift, count));

            bool IsSubstitute()
            {
                var (together, earlier, byChance) = (with.Count(x => x.Product == product), before.Count(x => x.Product == product), Expected(product, with));
                return byChance >= 1 && together < byChance / 2 && Poisson.CDF(byChance, together) < 0.05
                    && Math.Min(earlier, count) >= 0.3 * (earlier + count);
            }
        }

        return [.. found.OrderByDescending(x => (float)x.Probability).ThenBy(x => x.Product).Take(_options.MostPerProduct)];
    }

    private (List<(int Day, int Product)> Before, List<(int Day, int Product)> With, List<(int Day, int Product)> After, double Exposure) Near(int anchor)
    {
        List<(int Day, int Product)> before = [], with = [], after = [];
        var exposure = 0.0;
        foreach (var firsts in _firsts)
        {
            var place = Array.FindIndex(firsts, first => first.Product == anchor);
            if (place < 0)
                continue;
            var day = firsts[place].Day;
            exposure += Math.Min(1, (double)(_lastDay - day) / _options.HorizonDays);
            before.AddRange(Whole(firsts.Where(first => first.Day < day && first.Day >= day - _options.HorizonDays).OrderByDescending(first => first.Day)));
            with.AddRange(Whole(firsts.Where(first => first.Day == day && first.Product != anchor)));
            after.AddRange(Whole(firsts.Where(first => first.Day > day && first.Day <= day + _options.HorizonDays)));
        }

        return (before, with, after, exposure);
    }

    // Of the first purchases in the same four weeks, as many as all the store's hold of the product.
    private double Expected(int product, List<(int Day, int Product)> seen) =>
        seen.Sum(x => (double)_ofPeriod[Period(x.Day)].Count(p => p == product) / _ofPeriod[Period(x.Day)].Count());

    // The nearest days that hold no more together than are looked at.
    private IEnumerable<(int Day, int Product)> Whole(IEnumerable<(int Day, int Product)> nearestFirst)
    {
        var left = _options.MostNeighbours;
        return nearestFirst.GroupBy(first => first.Day).TakeWhile(day => (left -= day.Count()) >= 0).SelectMany(day => day);
    }

    private int Period(int day) => (day - _firstDay) / 28;
}
