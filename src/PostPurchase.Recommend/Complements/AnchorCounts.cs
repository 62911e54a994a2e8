using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Complements;

/// <summary>
/// What customers first bought before, with and after one anchor product: a workspace for one thread that is cleared in
/// time proportional to what it holds.
/// </summary>
internal sealed class AnchorCounts(FirstPurchaseSequences sequences, PeriodShares shares, ComplementOptions options, int lastDay)
{
    private readonly int[] _before = new int[sequences.ProductStart.Length - 1];
    private readonly int[] _with = new int[sequences.ProductStart.Length - 1];
    private readonly int[] _after = new int[sequences.ProductStart.Length - 1];
    private readonly int[] _allWith = new int[shares.Periods];
    private readonly int[] _allAfter = new int[shares.Periods];
    private readonly List<int> _touched = [];

    /// <summary>The products that stand near the anchor in any sequence, ascending.</summary>
    public IReadOnlyList<int> Touched => _touched;

    /// <summary>Customers of the anchor, each counted by the share of the horizon that the history covers after the purchase.</summary>
    public double Exposure { get; private set; }

    public int Before(int product) => _before[product];

    public int With(int product) => _with[product];

    public int After(int product) => _after[product];

    /// <summary>The first purchases with the anchor that would be the product by chance.</summary>
    public double ExpectedWith(int product) => shares.Expected(product, _allWith);

    /// <summary>The first purchases after the anchor that would be the product by chance.</summary>
    public double ExpectedAfter(int product) => shares.Expected(product, _allAfter);

    public void Load(int anchor)
    {
        foreach (var p in _touched)
            _before[p] = _with[p] = _after[p] = 0;
        _touched.Clear();
        Array.Clear(_allWith);
        Array.Clear(_allAfter);
        Exposure = 0;
        for (var i = sequences.ProductStart[anchor]; i < sequences.ProductStart[anchor + 1]; i++)
            Count(sequences.Place[i]);
        _touched.Sort();
    }

    private void Count(int place)
    {
        var customer = sequences.CustomerOfPlace[place];
        var start = sequences.CustomerStart[customer];
        var days = sequences.Day.AsSpan(start..sequences.CustomerStart[customer + 1]);
        Exposure += Math.Min(1.0, (double)(lastDay - sequences.Day[place]) / options.HorizonDays);
        var near = NearbyDays.Of(days, place - start, options.HorizonDays, options.MostNeighbours);
        for (var i = near.After; i < near.End; i++)
        {
            Add(start + i, _after);
            _allAfter[shares.Of(days[i])]++;
        }

        for (var i = near.First; i < near.SameDay; i++)
            Add(start + i, _before);
        // A basket too large to look through says nothing of who shuns whose.
        if (near.After - near.SameDay - 1 > options.MostNeighbours)
            return;
        for (var i = near.SameDay; i < near.After; i++)
        {
            if (start + i == place)
                continue;
            Add(start + i, _with);
            _allWith[shares.Of(days[i])]++;
        }
    }

    private void Add(int place, int[] counts)
    {
        var product = sequences.Product[place];
        if (_before[product] + _with[product] + _after[product] == 0)
            _touched.Add(product);
        counts[product]++;
    }
}
