namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// The similarities of one customer to all others and what the nearest of them buy, reused from request to request. Products
/// of the few nearest are listed, since they are candidates; of the many further ones only sums are kept.
/// </summary>
internal sealed class NeighbourScratch(int customers, int products)
{
    private readonly float[] _dot = new float[customers];
    private readonly (int Customer, float Similarity)[] _found = new (int, float)[customers];
    private readonly float[] _keys = new float[customers];
    private readonly float[] _further = new float[products];
    private double _nearTotal;
    private double _total;

    /// <summary>The summed similarity of the nearest customers who buy each product, times how often they do.</summary>
    public ScoreBoard NearSums { get; } = new(products);

    /// <summary>How often the nearest few buy the product, weighted by similarity.</summary>
    public float Near(int product) => _nearTotal > 0 ? (float)(NearSums[product] / _nearTotal) : 0;

    /// <summary>How often all of the many nearest buy the product, weighted by similarity.</summary>
    public float Wide(int product) => _total > 0 ? (float)((NearSums[product] + _further[product]) / _total) : 0;

    public void Clear()
    {
        Array.Clear(_dot);
        Array.Clear(_further);
        NearSums.Clear();
        (_nearTotal, _total) = (0, 0);
    }

    public void AddDots(ReadOnlySpan<Posting> postings, float weight)
    {
        var dot = _dot;
        foreach (ref readonly var posting in postings)
            dot[posting.Customer] += weight * posting.Weight;
    }

    /// <summary>The customers of the largest similarity, the nearest few first; ties by number.</summary>
    public ReadOnlySpan<(int Customer, float Similarity)> Nearest(int itself, int few, int many, float[] inverseNorm, out int near)
    {
        var found = 0;
        for (var c = 0; c < inverseNorm.Length; c++)
        {
            var similarity = _dot[c] * inverseNorm[c];
            if (similarity > 0 && c != itself)
                _found[found++] = (c, similarity);
        }

        found = KeepFirst(found, many);
        near = KeepFirst(found, few);
        for (var i = 0; i < found; i++)
        {
            _total += _found[i].Similarity;
            _nearTotal += i < near ? _found[i].Similarity : 0;
        }

        return _found.AsSpan(0, found);
    }

    public void AddNear(ReadOnlySpan<int> bought, ReadOnlySpan<float> shares, float similarity)
    {
        for (var i = 0; i < bought.Length; i++)
            NearSums.Add(bought[i], similarity * shares[i]);
    }

    public void AddFurther(ReadOnlySpan<int> bought, ReadOnlySpan<float> shares, float similarity)
    {
        var sums = _further;
        for (var i = 0; i < bought.Length && i < shares.Length; i++)
            sums[bought[i]] += similarity * shares[i];
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
