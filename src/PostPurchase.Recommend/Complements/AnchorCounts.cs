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
        var day = sequences.Day[place];
        var customer = sequences.CustomerOfPlace[place];
        Exposure += Math.Min(1.0, (double)(lastDay - day) / options.HorizonDays);
        var last = Math.Min(sequences.CustomerStart[customer + 1] - 1, place + options.MostNeighbours);
        for (var i = place + 1; i <= last && sequences.Day[i] <= day + options.HorizonDays; i++)
        {
            var (counts, all) = sequences.Day[i] == day ? (_with, _allWith) : (_after, _allAfter);
            Add(i, counts);
            all[shares.Of(sequences.Day[i])]++;
        }

        var first = Math.Max(sequences.CustomerStart[customer], place - options.MostNeighbours);
        for (var i = place - 1; i >= first && sequences.Day[i] >= day - options.HorizonDays; i--)
        {
            var sameDay = sequences.Day[i] == day;
            Add(i, sameDay ? _with : _before);
            if (sameDay)
                _allWith[shares.Of(day)]++;
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
