using PostPurchase.Recommend.Orders;

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
    private readonly int _step;
    private readonly int[] _start;
    private readonly int[] _product;
    private readonly float[] _share;
    private readonly int[] _productStart;
    private readonly Posting[] _postings;
    private readonly float[] _rarity;
    private readonly float[] _inverseNorm;

    private NeighbourIndex(int step, int[] start, int[] product, float[] share, int products)
    {
        _step = step;
        _start = start;
        _product = product;
        _share = share;
        var customers = start.Length - 1;
        _productStart = new int[products + 1];
        foreach (var p in product)
            _productStart[p + 1]++;
        _rarity = new float[products];
        for (var p = 0; p < products; p++)
        {
            _rarity[p] = (float)Math.Log((customers + 1.0) / (_productStart[p + 1] + 1.0));
            _productStart[p + 1] += _productStart[p];
        }

        _postings = new Posting[product.Length];
        _inverseNorm = new float[customers];
        var next = _productStart[..products];
        for (var c = 0; c < customers; c++)
        {
            double norm = 0;
            for (var i = start[c]; i < start[c + 1]; i++)
            {
                var weight = Weight(product[i], share[i]);
                norm += weight * weight;
                _postings[next[product[i]]++] = new Posting(c, weight);
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
        var all = columns.CustomerStart.Length - 1;
        var step = 1 + (all / MostCustomers);
        List<int> start = [0];
        List<int> product = [];
        List<float> share = [];
        for (var c = 0; c < all; c += step)
        {
            state.Load(columns, c, int.MaxValue);
            foreach (ref readonly var own in state.Own)
            {
                product.Add(own.Product);
                share.Add(own.BasketDecaySlow / state.SlowDecaySum);
            }

            start.Add(product.Count);
        }

        return new NeighbourIndex(step, [.. start], [.. product], [.. share], products);
    }

    /// <summary>
    /// Scores how often the nearest customers buy each product, weighted by their similarity: the nearest few, and many more.
    /// The similarity is the cosine but for the norm of the one who asks, which is the same for all.
    /// </summary>
    public void Score(CustomerState state, int self, RankingScratch scratch)
    {
        var neighbours = scratch.Neighbours;
        neighbours.Clear();
        foreach (ref readonly var own in state.Own)
        {
            var weight = Weight(own.Product, own.BasketDecaySlow / state.SlowDecaySum);
            neighbours.AddDots(_postings.AsSpan(_productStart[own.Product].._productStart[own.Product + 1]), weight);
        }

        var itself = self >= 0 && self % _step == 0 ? self / _step : -1;
        var nearest = neighbours.Nearest(itself, Near, Wide, _inverseNorm, out var near);
        foreach (var (customer, similarity) in nearest[..near])
            neighbours.AddNear(Products(customer), Shares(customer), similarity);
        foreach (var (customer, similarity) in nearest[near..])
            neighbours.AddFurther(Products(customer), Shares(customer), similarity);
    }

    private ReadOnlySpan<int> Products(int customer) => _product.AsSpan(_start[customer].._start[customer + 1]);

    private ReadOnlySpan<float> Shares(int customer) => _share.AsSpan(_start[customer].._start[customer + 1]);

    private float Weight(int product, float share) => _rarity[product] * MathF.Sqrt(share);
}
