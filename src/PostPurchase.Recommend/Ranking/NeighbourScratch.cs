namespace PostPurchase.Recommend.Ranking;

/// <summary>The dot products of one customer with all others, reused from request to request.</summary>
internal sealed class NeighbourScratch(int customers)
{
    private readonly float[] _dot = new float[customers];
    private readonly int[] _touched = new int[customers];
    private readonly (int Customer, float Similarity)[] _found = new (int, float)[customers];
    private readonly float[] _keys = new float[customers];
    private int _count;

    public void Add(int customer, float product)
    {
        if (_dot[customer] == 0 && product != 0)
            _touched[_count++] = customer;
        _dot[customer] += product;
    }

    /// <summary>The customers with the largest cosine but for the norm of the one who asks; ties by number.</summary>
    public ReadOnlySpan<(int Customer, float Similarity)> Nearest(int self, int wanted, float[] norms)
    {
        var found = 0;
        for (var i = 0; i < _count; i++)
        {
            var customer = _touched[i];
            if (customer == self || norms[customer] <= 0)
                continue;
            _found[found] = (customer, _dot[customer] / norms[customer]);
            _keys[found++] = _found[found - 1].Similarity;
        }

        if (found <= wanted)
            return _found.AsSpan(0, found);
        // The similarity that exactly the wanted number reaches, then those above it and the first ones that equal it.
        var bound = Quickselect.Descending(_keys.AsSpan(0, found), wanted - 1);
        var above = 0;
        for (var i = 0; i < found; i++)
            above += _found[i].Similarity > bound ? 1 : 0;
        var equalsLeft = wanted - above;
        var kept = 0;
        for (var i = 0; i < found; i++)
        {
            if (_found[i].Similarity > bound || (_found[i].Similarity == bound && equalsLeft-- > 0))
                _found[kept++] = _found[i];
        }

        return _found.AsSpan(0, kept);
    }

    public void Clear()
    {
        for (var i = 0; i < _count; i++)
            _dot[_touched[i]] = 0;
        _count = 0;
    }
}
