using System.Runtime.InteropServices;
using PostPurchase.Recommend.Boosting;

namespace PostPurchase.Recommend.Ranking;

/// <summary>Candidates of held-out baskets with what became of them: what the blend is learned from.</summary>
internal sealed class RankingSample
{
    private readonly List<float> _values = [];
    private readonly List<float> _labels = [];
    private readonly List<float> _weights = [];
    private readonly List<float> _listWeights = [];
    private readonly List<int> _customers = [];
    private readonly List<int> _rounds = [];
    private readonly List<int> _days = [];

    public int Count => _labels.Count;

    public ReadOnlySpan<float> Row(int row) =>
        CollectionsMarshal.AsSpan(_values).Slice(row * RankingFeatures.Count, RankingFeatures.Count);

    public float Label(int row) => _labels[row];

    /// <summary>One over the chance that the row was drawn.</summary>
    public float Weight(int row) => _weights[row];

    /// <summary>
    /// The weight to learn the order of a list from: that of what was bought is divided by a power of its basket's size, so that a
    /// visit for a few products teaches as much as one for dozens.
    /// </summary>
    public float ListWeight(int row) => _listWeights[row];

    public int Customer(int row) => _customers[row];

    /// <summary>The round of the row's basket; 0 is nearest to the visits that will be asked about.</summary>
    public int Round(int row) => _rounds[row];

    /// <summary>The day of the row's basket. The rows of one basket lie side by side.</summary>
    public int Day(int row) => _days[row];

    public void Add(ReadOnlySpan<float> row, bool bought, float weight, float listWeight, int customer, int round, int day)
    {
        _values.AddRange(row);
        _labels.Add(bought ? 1 : 0);
        _weights.Add(weight);
        _listWeights.Add(listWeight);
        _customers.Add(customer);
        _rounds.Add(round);
        _days.Add(day);
    }

    public void Add(RankingSample other)
    {
        _values.AddRange(other._values);
        _labels.AddRange(other._labels);
        _weights.AddRange(other._weights);
        _listWeights.AddRange(other._listWeights);
        _customers.AddRange(other._customers);
        _rounds.AddRange(other._rounds);
        _days.AddRange(other._days);
    }

    /// <summary>The rows that the condition on their numbers holds for.</summary>
    public RankingSample Where(Func<int, bool> condition)
    {
        var part = new RankingSample();
        for (var i = 0; i < Count; i++)
        {
            if (condition(i))
                part.Add(Row(i), _labels[i] > 0, _weights[i], _listWeights[i], _customers[i], _rounds[i], _days[i]);
        }

        return part;
    }

    /// <summary>All rows as a table, each starting from the linear part's score.</summary>
    public LabelledRows Rows(LinearBlend linear)
    {
        var table = new FeatureTable(Count, RankingFeatures.Count);
        var scores = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            table.SetRow(i, Row(i));
            scores[i] = linear.Score(Row(i));
        }

        return new LabelledRows(table, [.. _labels], [.. _listWeights], scores);
    }
}
