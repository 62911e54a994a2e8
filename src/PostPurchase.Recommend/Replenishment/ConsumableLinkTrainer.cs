using MathNet.Numerics;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// Learns <see cref="ConsumableLinks"/>: the catalogue's, and those that the log shows. A lasting product, seldom bought twice, is a
/// base; a product bought again and again is its consumable when its first purchase follows the base's more often than chance
/// explains (a Poisson tail, set against all candidates of the base), and seldom comes before it.
/// </summary>
internal sealed class ConsumableLinkTrainer
{
    private const int HorizonDays = 365;

    // First purchases looked at after a base, in whole days after its own: what comes much later in a long history follows it by chance.
    private const int MostFollowing = 30;

    // Chance is taken period by period: after the launch of a product its first purchases follow those of everything else.
    private const int LeastPeriodDays = 28;
    private const int MostPeriods = 26;
    private const int FewestCustomers = 8;
    private const double FalseAlarmRate = 0.001;
    private const double LeastLift = 5;
    private const double LeastRepeatShare = 0.25;

    private readonly PurchasePairs _pairs;
    private readonly PurchaseColumns _columns;

    // First purchases, customer by customer in order of days.
    private readonly int[] _product;
    private readonly int[] _day;
    private readonly int[] _customerOf;
    private readonly int[] _placeStart;
    private readonly int[] _place;

    // First purchases of a product in a period at period x products + product, and of all products.
    private readonly int[] _inPeriod;
    private readonly int[] _allInPeriod;
    private readonly int _periodDays;

    private ConsumableLinkTrainer(PurchaseColumns columns, PurchasePairs pairs)
    {
        (_columns, _pairs) = (columns, pairs);
        _product = (int[])pairs.Product.Clone();
        _day = new int[pairs.Count];
        _customerOf = new int[pairs.Count];
        _placeStart = new int[columns.Products.Count + 1];
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            _day[pair] = columns.Day[pairs.Row[pairs.RowStart[pair]]];
            _placeStart[pairs.Product[pair] + 1]++;
        }

        for (var customer = 0; customer < columns.Customers.Count; customer++)
        {
            var (from, count) = (pairs.CustomerStart[customer], pairs.CustomerStart[customer + 1] - pairs.CustomerStart[customer]);
            _customerOf.AsSpan(from, count).Fill(customer);
            // Pairs come by product; equal days keep that order because the product is the second key.
            var keys = new long[count];
            for (var i = 0; i < count; i++)
                keys[i] = ((long)_day[from + i] << 32) | (uint)_product[from + i];
            keys.AsSpan().Sort(_product.AsSpan(from, count));
            for (var i = 0; i < count; i++)
                _day[from + i] = (int)(keys[i] >> 32);
        }

        for (var p = 0; p < columns.Products.Count; p++)
            _placeStart[p + 1] += _placeStart[p];
        _place = new int[pairs.Count];
        _periodDays = Math.Max(LeastPeriodDays, ((columns.LastDay - columns.FirstDay) / MostPeriods) + 1);
        var next = _placeStart.AsSpan(0, columns.Products.Count).ToArray();
        _allInPeriod = new int[columns.Rows == 0 ? 0 : Period(columns.LastDay) + 1];
        _inPeriod = new int[_allInPeriod.Length * columns.Products.Count];
        for (var place = 0; place < _product.Length; place++)
        {
            _place[next[_product[place]]++] = place;
            _allInPeriod[Period(_day[place])]++;
            _inPeriod[(Period(_day[place]) * columns.Products.Count) + _product[place]]++;
        }
    }

    public static ConsumableLinks Train(PurchaseColumns columns, PurchasePairs pairs, ReplenishmentOptions options, TrainingRun run)
    {
        var trainer = new ConsumableLinkTrainer(columns, pairs);
        var found = new List<(int Base, int Product)>[columns.Products.Count];
        var repeatShare = trainer.RepeatShares();
        ParallelRows.For(found.Length, 64, run, () => (After: new int[found.Length], Before: new int[found.Length], All: new int[trainer._allInPeriod.Length]), (counts, from, until) =>
        {
            for (var p = from; p < until; p++)
                found[p] = trainer.Follow(p, repeatShare, counts.After, counts.Before, counts.All);
        });
        return ConsumableGaps.Learn(columns, pairs, [.. found.SelectMany(links => links)], options, run);
    }

    private double[] RepeatShares()
    {
        var (buyers, repeaters) = (new double[_columns.Products.Count], new double[_columns.Products.Count]);
        for (var pair = 0; pair < _pairs.Count; pair++)
        {
            buyers[_pairs.Product[pair]]++;
            repeaters[_pairs.Product[pair]] += _pairs.RowStart[pair + 1] - _pairs.RowStart[pair] > 1 ? 1 : 0;
        }

        return [.. buyers.Select((count, p) => repeaters[p] / Math.Max(1, count))];
    }

    private List<(int Base, int Product)> Follow(int baseProduct, double[] repeatShare, int[] after, int[] before, int[] all)
    {
        List<(int Base, int Product)> links = [];
        var given = _columns.ConsumableBase.AsSpan();
        for (var i = SortedSpan.FirstAtLeast(given, baseProduct); i < given.Length && given[i] == baseProduct; i++)
            links.Add((baseProduct, _columns.Consumable[i]));

        var buyers = _placeStart[baseProduct + 1] - _placeStart[baseProduct];
        if (buyers < FewestCustomers || repeatShare[baseProduct] > LeastRepeatShare)
            return links;
        List<int> touched = [];
        Array.Clear(all);
        Count(baseProduct, after, before, all, touched);
        int[] candidates = [.. touched.Where(p => after[p] >= FewestCustomers && repeatShare[p] >= Math.Max(LeastRepeatShare, 2 * repeatShare[baseProduct])).Order()];
        foreach (var product in candidates)
        {
            var expected = 0.0;
            for (var period = 0; period < all.Length; period++)
                expected += all[period] == 0 ? 0 : (double)all[period] * _inPeriod[(period * repeatShare.Length) + product] / _allInPeriod[period];
            if (after[product] >= LeastLift * expected && before[product] * 2 <= after[product] && !links.Exists(link => link.Product == product)
                && SpecialFunctions.GammaLowerRegularized(after[product], expected) <= FalseAlarmRate / candidates.Length)
            {
                links.Add((baseProduct, product));
            }
        }

        foreach (var p in touched)
            after[p] = before[p] = 0;
        return links;
    }

    private int Period(int day) => (day - _columns.FirstDay) / _periodDays;

    /// <summary>Counts what customers first bought after and before the base, and how many first purchases came after it in each period.</summary>
    private void Count(int baseProduct, int[] after, int[] before, int[] all, List<int> touched)
    {
        foreach (var place in _place.AsSpan(_placeStart[baseProduct], _placeStart[baseProduct + 1] - _placeStart[baseProduct]))
        {
            var start = _pairs.CustomerStart[_customerOf[place]];
            var days = _day.AsSpan(start..(_pairs.CustomerStart[_customerOf[place] + 1]));
            var near = NearbyDays.Of(days, place - start, HorizonDays, MostFollowing);
            foreach (var product in _product.AsSpan((start + near.After)..(start + near.End)))
            {
                if (after[product]++ == 0 && before[product] == 0)
                    touched.Add(product);
            }

            foreach (var day in days[near.After..near.End])
                all[Period(day)]++;
            foreach (var product in _product.AsSpan((start + near.First)..(start + near.SameDay)))
            {
                if (before[product]++ == 0 && after[product] == 0)
                    touched.Add(product);
            }
        }
    }
}
