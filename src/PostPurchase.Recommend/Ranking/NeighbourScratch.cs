using System.Numerics.Tensors;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// The similarities of one customer to all others and what the nearest of them buy, reused from request to request: sums over the
/// few nearest and over the many further ones, for every product of the catalogue.
/// </summary>
internal sealed class NeighbourScratch(int customers, int products)
{
    private readonly float[] _similarity = new float[customers];
    private readonly (int Customer, float Similarity)[] _found = new (int, float)[customers];
    private readonly float[] _keys = new float[customers];
    private readonly float[] _near = new float[products];
    private readonly float[] _further = new float[products];
    private double _nearTotal;
    private double _total;
    private int _few;
    private int _many;

    /// <summary>The few nearest customers, in the order of their numbers.</summary>
    public ReadOnlySpan<(int Customer, float Similarity)> Few => _found.AsSpan(0, _few);

    /// <summary>The few nearest customers, then the others of the many.</summary>
    public ReadOnlySpan<(int Customer, float Similarity)> Nearest => _found.AsSpan(0, _many);

    /// <summary>The summed similarity of the nearest customers who buy each product, times how often they do.</summary>
    public ReadOnlySpan<float> NearSums => _near;

    /// <summary>How often the nearest few buy the product, weighted by similarity.</summary>
    public float Near(int product) => _nearTotal > 0 ? (float)(_near[product] / _nearTotal) : 0;

    /// <summary>How often all of the many nearest buy the product, weighted by similarity.</summary>
    public float Wide(int product) => _total > 0 ? (float)((_near[product] + _further[product]) / _total) : 0;

    public void Clear()
    {
        Array.Clear(_similarity);
        Array.Clear(_near);
        Array.Clear(_further);
        (_nearTotal, _total, _few, _many) = (0, 0, 0, 0);
    }

    public void AddDots(ReadOnlySpan<Posting> postings, float weight)
    {
        var dot = _similarity;
        foreach (ref readonly var posting in postings)
            dot[posting.Place] += weight * posting.Weight;
    }

    /// <summary>Finds the customers of the largest similarity, the nearest few and many in all; ties by number.</summary>
    public void FindNearest(int itself, int few, int many, float[] inverseNorm)
    {
        var similarity = _similarity;
        TensorPrimitives.Multiply(similarity, inverseNorm, similarity);
        if (itself >= 0)
            similarity[itself] = 0;
        var least = Math.Max(float.Epsilon, Quickselect.ReachedBy(many, similarity, _keys));
        var found = 0;
        for (var c = 0; c < similarity.Length; c++)
        {
            // Written always and kept where it counts: which it will be cannot be foretold.
            _found[found] = (c, similarity[c]);
            found += similarity[c] >= least ? 1 : 0;
        }

        _many = KeepFirst(found, many);
        _few = KeepFirst(_many, few);
        for (var i = 0; i < _many; i++)
        {
            _total += _found[i].Similarity;
            _nearTotal += i < _few ? _found[i].Similarity : 0;
        }
    }

    /// <summary>Adds what the nearest customer at the place buys.</summary>
    public void Add(int place, ReadOnlySpan<Posting> bought, float similarity)
    {
        var sums = place < _few ? _near : _further;
        foreach (ref readonly var posting in bought)
            sums[posting.Place] += similarity * posting.Weight;
    }

    // Moves the wanted number of largest similarities to the front, in their order, and the others behind them.
    private int KeepFirst(int count, int wanted)
    {
        if (count <= wanted)
            return count;
        for (var i = 0; i < count; i++)
            _keys[i] = _found[i].Similarity;
        // The similarity that exactly the wanted number reaches, then those above it and the first ones that equal it.
        var bound = Quickselect.Descending(_keys.AsSpan(0, count), wanted - 1);
        var equalsLeft = wanted;
        for (var i = 0; i < count; i++)
            equalsLeft -= _found[i].Similarity > bound ? 1 : 0;
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (_found[i].Similarity > bound || (_found[i].Similarity == bound && equalsLeft-- > 0))
            {
                (_found[kept], _found[i]) = (_found[i], _found[kept]);
                kept++;
            }
        }

        return kept;
    }
}
