namespace PostPurchase.Recommend.Ranking;

/// <summary>A score for every product, of which few are touched: cleared by what was touched, not by the whole catalogue.</summary>
internal sealed class ScoreBoard(int products)
{
    private readonly float[] _scores = new float[products];
    private readonly int[] _touched = new int[products];
    private readonly bool[] _isTouched = new bool[products];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, Count);

    public float this[int product] => _scores[product];

    public void Add(int product, float score)
    {
        if (!_isTouched[product])
        {
            _isTouched[product] = true;
            _touched[Count++] = product;
        }

        _scores[product] += score;
    }

    public void Raise(int product, float score)
    {
        if (!_isTouched[product])
        {
            _isTouched[product] = true;
            _touched[Count++] = product;
        }

        _scores[product] = Math.Max(_scores[product], score);
    }

    public void Scale(float factor)
    {
        foreach (var product in Touched)
            _scores[product] *= factor;
    }

    public void Clear()
    {
        foreach (var product in Touched)
        {
            _scores[product] = 0;
            _isTouched[product] = false;
        }

        Count = 0;
    }
}
