namespace PostPurchase.Recommend.Replenishment;

/// <summary>Collects the rows of a <see cref="HazardSample"/>.</summary>
internal sealed class HazardSampleBuilder
{
    private readonly List<float> _features = [];
    private readonly List<int> _customer = [];
    private readonly List<int> _daysToPurchase = [];
    private readonly List<int> _daysFollowed = [];

    public void Add(ReadOnlySpan<float> features, int customer, int daysToPurchase, int daysFollowed)
    {
        foreach (var value in features)
            _features.Add(value);
        _customer.Add(customer);
        _daysToPurchase.Add(daysToPurchase);
        _daysFollowed.Add(daysFollowed);
    }

    /// <summary>The rows of all builders, one builder after the other.</summary>
    public static HazardSample Join(IReadOnlyList<HazardSampleBuilder> parts, int usedFeatures) => new()
    {
        UsedFeatures = usedFeatures,
        Features = [.. parts.SelectMany(part => part._features)],
        Customer = [.. parts.SelectMany(part => part._customer)],
        DaysToPurchase = [.. parts.SelectMany(part => part._daysToPurchase)],
        DaysFollowed = [.. parts.SelectMany(part => part._daysFollowed)],
    };
}
