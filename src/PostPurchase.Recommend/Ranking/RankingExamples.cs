using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// The baskets one round of learning predicts, and the history it may use: a round holds out each customer's last baskets
/// before those of the round before it, one of a customer with few and several of a customer with many.
/// </summary>
internal sealed class RankingExamples
{
    // No round may take more than this share of what a customer has bought.
    private const int BasketsPerHeldOut = 20;

    private RankingExamples(List<HeldOutBasket> baskets, int[] cutDay)
    {
        Baskets = baskets;
        CutDay = cutDay;
    }

    public List<HeldOutBasket> Baskets { get; }

    public int Customers => Baskets.Select(b => b.Customer).Distinct().Count();

    /// <summary>For every customer, the day from which on the round's sources may know nothing.</summary>
    public int[] CutDay { get; }

    /// <summary>The customers who have bought anything.</summary>
    public static int Buyers(PurchaseColumns columns)
    {
        var buyers = 0;
        for (var c = 0; c + 1 < columns.CustomerStart.Length; c++)
            buyers += columns.CustomerStart[c] < columns.CustomerStart[c + 1] ? 1 : 0;
        return buyers;
    }

    /// <summary>The median number of baskets of the customers with more than one: nothing is held out of the others.</summary>
    public static int TypicalBaskets(PurchaseColumns columns)
    {
        List<int> baskets = [];
        List<int> starts = [];
        for (var c = 0; c + 1 < columns.CustomerStart.Length; c++)
        {
            FindStarts(columns, c, starts);
            if (starts.Count > 1)
                baskets.Add(starts.Count);
        }

        baskets.Sort();
        return baskets.Count == 0 ? 0 : baskets[baskets.Count / 2];
    }

    public static RankingExamples Round(PurchaseColumns columns, int round, int mostPerCustomer)
    {
        List<HeldOutBasket> baskets = [];
        var cut = new int[columns.CustomerStart.Length - 1];
        List<int> starts = [];
        List<int> cameOnce = [];
        var (left, leftOnce) = (0, 0);
        for (var c = 0; c < cut.Length; c++)
        {
            FindStarts(columns, c, starts);
            var count = starts.Count;
            starts.Add(columns.CustomerStart[c + 1]);
            if (count == 1)
                cameOnce.Add(c);
            var each = Math.Clamp(count / BasketsPerHeldOut, 1, mostPerCustomer);
            var until = count - (round * each);
            var from = Math.Max(until - each, 0);
            cut[c] = until <= 0 ? int.MinValue : columns.Day[starts[from]];
            left += from > 0 ? 1 : 0;
            leftOnce += from == 1 ? 1 : 0;
            // The first basket of all has nothing before it to learn from.
            for (var b = Math.Max(from, 1); b < until; b++)
                baskets.Add(new HeldOutBasket(c, columns.Day[starts[b]], starts[b], starts[b + 1]));
        }

        KeepShare(cameOnce, Buyers(columns), left, leftOnce, cut);
        return new RankingExamples(baskets, cut);
    }

    // Sources that are served from know customers who came once; a round knows as large a share of them. Some of those it knows come back later, and the
    // others are taken from all who never did.
    private static void KeepShare(List<int> cameOnce, int buyers, int left, int leftOnce, int[] cut)
    {
        var share = (double)cameOnce.Count / Math.Max(1, buyers);
        var wanted = share < 1 ? (share / (1 - share) * (left - leftOnce)) - leftOnce : 0;
        var part = Math.Clamp(wanted / Math.Max(1, cameOnce.Count), 0, 1);
        for (var i = 0; i < cameOnce.Count; i++)
        {
            if ((int)((i + 1) * part) > (int)(i * part))
                cut[cameOnce[i]] = int.MaxValue;
        }
    }

    // The first rows of the customer's baskets.
    private static void FindStarts(PurchaseColumns columns, int customer, List<int> starts)
    {
        starts.Clear();
        for (var row = columns.CustomerStart[customer]; row < columns.CustomerStart[customer + 1]; row++)
        {
            if (row == columns.CustomerStart[customer] || columns.Day[row] != columns.Day[row - 1])
                starts.Add(row);
        }
    }
}
