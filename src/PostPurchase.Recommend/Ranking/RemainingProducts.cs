namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// The products that are no candidates, for a list that is longer than these or limited in ways these cannot meet: those that sell best come first, and none
/// counts as more probable than what stands before it. Which they are does not depend on the length of the list, so every shorter list is the
/// start of a longer one.
/// </summary>
internal sealed class RemainingProducts(
    RankingSources sources, CustomerState state, RecommendationQuery query, RequestRules? rules, RankedProduct[] candidates, Func<int, double> probability)
{
    private readonly bool _isOpen = rules is not { IsOpen: false };
    private double _least = candidates.Length == 0 ? 1 : candidates[^1].Probability;
    private HashSet<int>? _used;

    // Whatever is passed over stays so: categories only get fuller, and what is bought already does not become new.
    private int _next;
    private int _nextNew;

    /// <summary>The next of them that the request allows, or <see langword="null"/> after the last one.</summary>
    /// <param name="newOnly">Whether the customer must never have bought it.</param>
    /// <param name="fits">What the list has room for; what does not fit now will not fit later.</param>
    public RankedProduct? Next(bool newOnly, Func<int, bool>? fits)
    {
        if (!_isOpen || _least < query.MinimumProbability)
            return null;
        _used ??= [.. candidates.Select(candidate => candidate.Product)];
        ref var next = ref newOnly ? ref _nextNew : ref _next;
        while (sources.Popular.At(next, state.AsOfDay) is >= 0 and var product)
        {
            next++;
            if (!IsAllowed(product, newOnly) || (fits is not null && !fits(product)) || !_used.Add(product))
                continue;
            _least = Math.Min(_least, probability(product));
            return _least < query.MinimumProbability ? null : new RankedProduct(product, _least);
        }

        return null;
    }

    private bool IsAllowed(int product, bool newOnly) =>
        sources.IsKnown(product, state) && rules?.Allows(product, state) != false && !((newOnly || query.NewProductsOnly) && state.SlotOf(product) >= 0);
}
