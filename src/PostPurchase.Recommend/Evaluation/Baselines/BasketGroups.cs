namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>
/// Where each basket of a history lies when the history is cut into groups of consecutive baskets, as equal as can be; the
/// last groups are the larger ones. A history of fewer baskets than groups has a group for each basket.
/// </summary>
internal readonly struct BasketGroups(int baskets, int groups)
{
    private readonly int _groups = Math.Min(baskets, groups);

    /// <summary>The basket's weight in the history's vector: decayed inside its group and by the age of the group, then averaged.</summary>
    public double Weight(int basket, double basketDecay, double groupDecay)
    {
        var size = baskets / _groups;
        var larger = baskets % _groups;
        var smallerEnd = (_groups - larger) * size;
        var (group, place, length) = basket < smallerEnd
            ? (basket / size, basket % size, size)
            : (_groups - larger + ((basket - smallerEnd) / (size + 1)), (basket - smallerEnd) % (size + 1), size + 1);
        return Math.Pow(basketDecay, length - 1 - place) / length
            * Math.Pow(groupDecay, _groups - 1 - group) / _groups;
    }
}
