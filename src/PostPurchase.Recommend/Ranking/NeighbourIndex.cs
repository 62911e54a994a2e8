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
    private const int Wide = 800;
    private readonly int[] _customerStart;
    private readonly int[] _product;
    private readonly float[] _share;
    private readonly int[] _productStart;
    private readonly int[] _posting;
    private readonly float[] _postingWeight;
    private readonly float[] _rarity;
    private readonly float[] _norm;

    private NeighbourIndex(int[] customerStart, int[] product, float[] share, int products)
    {
        _customerStart = customerStart;
        _product = product;
        _share = share;
        var customers = customerStart.Length - 1;
        _productStart = new int[products + 1];
        foreach (var p in product)
            _productStart[p + 1]++;
        _rarity = new float[products];
        for (var p = 0; p < products; p++)
        {
            _rarity[p] = (float)Math.Log((customers + 1.0) / (_productStart[p + 1] + 1.0));
            _productStart[p + 1] += _productStart[p];
        }

        _posting = new int[product.Length];
        _postingWeight = new float[product.Length];
        _norm = new float[customers];
        var next = _productStart[..products];
        for (var c = 0; c < customers; c++)
        {
            double norm = 0;
            for (var i = customerStart[c]; i < customerStart[c + 1]; i++)
            {
                var weight = Weight(product[i], share[i]);
                norm += weight * weight;
                _posting[next[product[i]]] = c;
                _postingWeight[next[product[i]]++] = weight;
            }

            _norm[c] = (float)Math.Sqrt(norm);
        }
    }

    public int Customers => _norm.Length;

    public static NeighbourIndex From(PurchaseColumns columns)
    {
        var products = columns.Products.Count;
        var state = new CustomerState(products);
        var start = new int[columns.CustomerStart.Length];
        List<int> product = [];
        List<float> share = [];
        var step = 1 + (columns.Customers.Count / MostCustomers);
        for (var c = 0; c + 1 < columns.CustomerStart.Length; c++)
        {
            if (c % step == 0)
                state.Load(columns, c, int.MaxValue);
            else
                state.Load(columns, -1, int.MaxValue);
            foreach (ref readonly var own in state.Own)
            {
                product.Add(own.Product);
                share.Add(own.BasketDecaySlow / state.SlowDecaySum);
            }

            start[c + 1] = product.Count;
        }

        return new NeighbourIndex(start, [.. product], [.. share], products);
    }

    /// <summary>Scores how often the nearest customers buy each product, weighted by their similarity: the nearest few, and many more.</summary>
    public void Score(CustomerState state, int self, RankingScratch scratch)
    {
        var dots = scratch.Neighbours;
        foreach (ref readonly var own in state.Own)
        {
            var weight = Weight(own.Product, own.BasketDecaySlow / state.SlowDecaySum);
            for (var i = _productStart[own.Product]; i < _productStart[own.Product + 1]; i++)
                dots.Add(_posting[i], weight * _postingWeight[i]);
        }

        AddUp(dots.Nearest(self, Wide, _norm), scratch.WideNeighbourScores);
        AddUp(dots.Nearest(self, Near, _norm), scratch.NeighbourScores);
        dots.Clear();
    }

    private void AddUp(ReadOnlySpan<(int Customer, float Similarity)> nearest, ScoreBoard board)
    {
        double total = 0;
        foreach (var (_, similarity) in nearest)
            total += similarity;
        if (total <= 0)
            return;
        foreach (var (customer, similarity) in nearest)
        {
            var weight = (float)(similarity / total);
            for (var i = _customerStart[customer]; i < _customerStart[customer + 1]; i++)
                board.Add(_product[i], weight * _share[i]);
        }
    }

    private float Weight(int product, float share) => _rarity[product] * MathF.Sqrt(share);
}
