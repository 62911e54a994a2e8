using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Scoring.Kernels;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// Customers as vectors of decayed basket shares, to find those with a similar history (the idea of TIFU-KNN, Hu et al.,
/// SIGIR 2020, with cosine similarity on vectors that weigh rare products more).
/// </summary>
internal sealed class NeighbourIndex
{
    // A request walks the buyers of everything the customer bought: of a very large store, some of them are enough.
    private const int MostCustomers = 40_000;
    private const int Near = 150;
    private const int Wide = 400;

    // What is read next lies anywhere in memory: it is asked for while the one before is worked on.
    private const int Ahead = 1;
    private const int LinesAhead = 32;
    private readonly int[] _customers;
    private readonly int[] _start;
    private readonly Posting[] _bought;
    private readonly int[] _productStart;
    private readonly Posting[] _postings;
    private readonly float[] _rarity;
    private readonly float[] _inverseNorm;

    private NeighbourIndex(int[] inIndex, int[] start, Posting[] bought, int products)
    {
        _customers = inIndex;
        _start = start;
        _bought = bought;
        var customers = inIndex.Length;
        _productStart = new int[products + 1];
        foreach (var (product, _) in bought)
            _productStart[product + 1]++;
        _rarity = new float[products];
        for (var p = 0; p < products; p++)
        {
            _rarity[p] = (float)Math.Log((customers + 1.0) / (_productStart[p + 1] + 1.0));
            _productStart[p + 1] += _productStart[p];
        }

        _postings = new Posting[bought.Length];
        _inverseNorm = new float[customers];
        var next = _productStart[..products];
        for (var c = 0; c < customers; c++)
        {
            double norm = 0;
            foreach (var (product, share) in Bought(c))
            {
                var weight = Weight(product, share);
                norm += weight * weight;
                _postings[next[product]++] = new Posting(c, weight);
            }

            _inverseNorm[c] = norm > 0 ? (float)(1 / Math.Sqrt(norm)) : 0;
        }
    }

    /// <summary>The customers in the index.</summary>
    public int Customers => _inverseNorm.Length;

    public static NeighbourIndex From(PurchaseColumns columns)
    {
        var products = columns.Products.Count;
        var state = new CustomerState(products);
        // Who has only looked is nobody's neighbour.
        int[] buyers = [.. Enumerable.Range(0, columns.CustomerStart.Length - 1).Where(c => columns.CustomerStart[c] < columns.CustomerStart[c + 1])];
        var step = 1 + (buyers.Length / MostCustomers);
        List<int> inIndex = [];
        List<int> start = [0];
        List<Posting> bought = [];
        for (var i = 0; i < buyers.Length; i += step)
        {
            state.Load(columns, buyers[i], int.MaxValue);
            foreach (ref readonly var own in state.Own)
                bought.Add(new Posting(own.Product, own.BasketDecaySlow / state.SlowDecaySum));
            inIndex.Add(buyers[i]);
            start.Add(bought.Count);
        }

        return new NeighbourIndex([.. inIndex], [.. start], [.. bought], products);
    }

    /// <summary>
    /// Scores how often the nearest customers buy each product, weighted by their similarity: the nearest few, and many more.
    /// The similarity is the cosine but for the norm of the one who asks, which is the same for all.
    /// </summary>
    public void Score(CustomerState state, int self, RankingScratch scratch)
    {
        var neighbours = scratch.Neighbours;
        neighbours.Clear();
        var own = state.Own;
        for (var i = 0; i < own.Length; i++)
        {
            if (i + Ahead < own.Length)
                CacheLines.Fetch(Buyers(own[i + Ahead].Product), LinesAhead);
            neighbours.AddDots(Buyers(own[i].Product), Weight(own[i].Product, own[i].BasketDecaySlow / state.SlowDecaySum));
        }

        neighbours.FindNearest(Math.Max(-1, Array.BinarySearch(_customers, self)), Near, Wide, _inverseNorm);
        var nearest = neighbours.Nearest;
        for (var i = 0; i < nearest.Length; i++)
        {
            if (i + Ahead < nearest.Length)
                CacheLines.Fetch(Bought(nearest[i + Ahead].Customer), LinesAhead);
            var (customer, similarity) = nearest[i];
            neighbours.Add(i, Bought(customer), similarity);
        }
    }

    private ReadOnlySpan<Posting> Buyers(int product) => _postings.AsSpan(_productStart[product].._productStart[product + 1]);

    /// <summary>The products that the customer buys, and the share of the baskets, recent ones counting most, that held each.</summary>
    public ReadOnlySpan<Posting> Bought(int customer) => _bought.AsSpan(_start[customer].._start[customer + 1]);

    private float Weight(int product, float share) => _rarity[product] * MathF.Sqrt(share);
}
