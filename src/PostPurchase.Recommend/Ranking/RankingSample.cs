namespace PostPurchase.Recommend.Ranking;

/// <summary>Candidates of held-out baskets with what became of them: what the blend is learned from.</summary>
internal sealed class RankingSample
{
    private readonly List<float> _values = [];
    private readonly List<float> _labels = [];
    private readonly List<float> _weights = [];
    private readonly List<int> _customers = [];

    public int Count => _labels.Count;

    public ReadOnlySpan<float> Row(int row) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values).Slice(row * RankingFeatures.Count, RankingFeatures.Count);

    public float Label(int row) => _labels[row];

    /// <summary>One over the chance that the row was drawn.</summary>
    public float Weight(int row) => _weights[row];

    public int Customer(int row) => _customers[row];

    public void Add(ReadOnlySpan<float> row, bool bought, float weight, int customer)
    {
        _values.AddRange(row);
        _labels.Add(bought ? 1 : 0);
        _weights.Add(weight);
        _customers.Add(customer);
    }

    public void Add(RankingSample other)
    {
        _values.AddRange(other._values);
        _labels.AddRange(other._labels);
        _weights.AddRange(other._weights);
        _customers.AddRange(other._customers);
    }
}
