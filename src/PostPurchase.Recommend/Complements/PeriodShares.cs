namespace PostPurchase.Recommend.Complements;

/// <summary>
/// The share of each product in the shop's first purchases, by period of four weeks: what chance is at that time. Without
/// the periods, every product that came to the shop later, or sells at Christmas, would seem to follow all older ones.
/// </summary>
internal sealed class PeriodShares
{
    private const int PeriodDays = 28;
    private readonly int _firstDay;
    private readonly int[] _start;
    private readonly int[] _period;
    private readonly double[] _share;

    public PeriodShares(FirstPurchaseSequences sequences, int firstDay, int lastDay)
    {
        _firstDay = firstDay;
        Periods = ((lastDay - firstDay) / PeriodDays) + 1;
        var all = new double[Periods];
        foreach (var day in sequences.Day)
            all[Of(day)]++;
        var products = sequences.ProductStart.Length - 1;
        _start = new int[products + 1];
        List<int> period = [];
        List<double> share = [];
        var own = new int[Periods];
        for (var p = 0; p < products; p++)
        {
            Array.Clear(own);
            for (var i = sequences.ProductStart[p]; i < sequences.ProductStart[p + 1]; i++)
                own[Of(sequences.Day[sequences.Place[i]])]++;
            for (var t = 0; t < Periods; t++)
            {
                if (own[t] == 0)
                    continue;
                period.Add(t);
                share.Add(own[t] / all[t]);
            }

            _start[p + 1] = period.Count;
        }

        _period = [.. period];
        _share = [.. share];
    }

    public int Periods { get; }

    public int Of(int day) => (day - _firstDay) / PeriodDays;

    /// <summary>How many of so many first purchases in each period would be the product by chance.</summary>
    public double Expected(int product, ReadOnlySpan<int> purchasesByPeriod)
    {
        var expected = 0.0;
        for (var i = _start[product]; i < _start[product + 1]; i++)
            expected += _share[i] * purchasesByPeriod[_period[i]];
        return expected;
    }
}
