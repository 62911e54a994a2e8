using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// How often a product that a customer had not bought yet, but looked at, wished for or put into the cart since the visit before, is bought at a visit: shares
/// counted by the strongest that was done and by how long ago the last was, each pulled to that of its kind and this to that of all.
/// It answers for who has bought nothing yet, whom the blend knows nothing of.
/// </summary>
internal sealed class BrowsingRates
{
    private const double PriorLooks = 20;

    // Looks of the day before, of the week, of the month, and older ones.
    private static readonly int[] MostDays = [1, 7, 30, int.MaxValue];
    private static readonly int Kinds = (int)InteractionKind.WishList + 1;
    private readonly double[] _bought = new double[Kinds * MostDays.Length];
    private readonly double[] _looks = new double[Kinds * MostDays.Length];
    private readonly double[] _rates = new double[Kinds * MostDays.Length];

    private BrowsingRates()
    {
    }

    public static BrowsingRates From(PurchaseColumns columns)
    {
        var rates = new BrowsingRates();
        if (columns.Interactions.Rows == 0)
            return rates;
        var boughtBefore = new HashSet<int>();
        var looks = new Dictionary<int, (InteractionKind Kind, int Day)>();
        for (var c = 0; c + 1 < columns.CustomerStart.Length; c++)
        {
            boughtBefore.Clear();
            var (look, lastLook) = (columns.Interactions.CustomerStart[c], columns.Interactions.CustomerStart[c + 1]);
            for (int row = columns.CustomerStart[c], end; row < columns.CustomerStart[c + 1]; row = end)
            {
                var day = columns.Day[row];
                for (end = row; end < columns.CustomerStart[c + 1] && columns.Day[end] == day; end++)
                {
                }

                looks.Clear();
                for (; look < lastLook && columns.Interactions.Day[look] < day; look++)
                    Add(columns.Interactions, look, looks);
                rates.Count(looks, day, boughtBefore, columns.Product.AsSpan(row..end));
                boughtBefore.UnionWith(columns.Product[row..end]);
            }
        }

        rates.Share();
        return rates;
    }

    /// <summary>The probability that the product is bought at a visit on the day because the customer looked at it; zero when it was not looked at.</summary>
    public double Probability(InteractionState state, int product, int day)
    {
        if (state.Any[product] == 0)
            return 0;
        var (kind, last) = state.Last(product);
        return Probability(kind, day - last);
    }

    /// <summary>The probability that a product is bought at a visit so many days after it was last looked at.</summary>
    public double Probability(InteractionKind kind, int days) => _rates[Cell(kind, days)];

    private void Share()
    {
        var all = Share(_bought, _looks, 0);
        for (var kind = 0; kind < Kinds; kind++)
        {
            var (from, until) = (kind * MostDays.Length, (kind + 1) * MostDays.Length);
            var ofKind = Share(_bought.AsSpan(from..until), _looks.AsSpan(from..until), all);
            for (var cell = from; cell < until; cell++)
                _rates[cell] = Share(_bought.AsSpan(cell, 1), _looks.AsSpan(cell, 1), ofKind);
        }
    }

    private static void Add(InteractionColumns columns, int row, Dictionary<int, (InteractionKind Kind, int Day)> looks)
    {
        ref var look = ref CollectionsMarshal.GetValueRefOrAddDefault(looks, columns.Product[row], out _);
        look = (InteractionState.Stronger(look.Kind, (InteractionKind)columns.Kind[row]), columns.Day[row]);
    }

    private void Count(Dictionary<int, (InteractionKind Kind, int Day)> looks, int day, HashSet<int> boughtBefore, ReadOnlySpan<int> bought)
    {
        foreach (var (product, (kind, last)) in looks)
        {
            if (boughtBefore.Contains(product))
                continue;
            var cell = Cell(kind, day - last);
            _looks[cell]++;
            _bought[cell] += bought.BinarySearch(product) >= 0 ? 1 : 0;
        }
    }

    private static double Share(ReadOnlySpan<double> bought, ReadOnlySpan<double> looks, double prior) =>
        (TensorPrimitives.Sum(bought) + (PriorLooks * prior)) / (TensorPrimitives.Sum(looks) + PriorLooks);

    private static int Cell(InteractionKind kind, int days)
    {
        var age = 0;
        while (days > MostDays[age])
            age++;
        return ((int)kind * MostDays.Length) + age;
    }
}
