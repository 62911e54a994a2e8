using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>The rules of one request in the numbers of the model; there are none where the request sets none.</summary>
internal sealed class RequestRules
{
    private readonly RecommendationQuery _query;
    private readonly int[]? _only;
    private readonly HashSet<int> _never = [];
    private readonly HashSet<int> _durable = [];

    private RequestRules(RecommendationQuery query, PurchaseColumns columns)
    {
        _query = query;
        _only = query.CandidateProductIds is { } only ? [.. Numbers(only, columns).Distinct().Order()] : null;
        _never.UnionWith(Numbers(query.ExcludedProductIds, columns));
        _never.UnionWith(Numbers(query.CartProductIds, columns));
        _never.UnionWith(Numbers(query.OutOfStockProductIds, columns));
        _durable.UnionWith(Numbers(query.DurableProductIds, columns));
    }

    public static RequestRules? From(RecommendationQuery query, PurchaseColumns columns) =>
        query.CandidateProductIds is not null || query.ExcludedProductIds.Count > 0 || query.CartProductIds.Count > 0
            || query.OutOfStockProductIds.Count > 0 || query.DurableProductIds.Count > 0
            ? new RequestRules(query, columns)
            : null;

    /// <summary>Takes off the candidates what the rules forbid, and fills up with what they allow.</summary>
    public void Restrict(RankingSources sources, RankingScratch scratch)
    {
        var candidates = scratch.Candidates;
        if (_only is not null)
        {
            candidates.Clear();
            candidates.AddRange(_only.Where(p => Allows(p, scratch.State)));
            scratch.BestCandidates = candidates.Count;
            return;
        }

        var best = candidates.Take(scratch.BestCandidates).Count(p => Allows(p, scratch.State));
        candidates.RemoveAll(p => !Allows(p, scratch.State));
        scratch.BestCandidates = best;
        if (candidates.Count < _query.Count)
            AddAll(sources, scratch, _query.Count - candidates.Count);
    }

    /// <summary>Adds up to so many of the allowed products that are no candidates yet, the best-selling ones first.</summary>
    public static void AddAll(RankingSources sources, RankingScratch scratch, RecommendationQuery query, RequestRules? rules, int most)
    {
        var known = scratch.Candidates.ToHashSet();
        foreach (var product in sources.Popular.All(scratch.State.AsOfDay))
        {
            if (most <= 0)
                return;
            var allowed = rules is null ? !query.NewProductsOnly || scratch.State.SlotOf(product) < 0 : rules.Allows(product, scratch.State);
            if (!allowed || !known.Add(product))
                continue;
            scratch.Candidates.Add(product);
            most--;
        }
    }

    /// <summary>Whether there can be products beyond the candidates.</summary>
    public bool IsOpen => _only is null;

    private void AddAll(RankingSources sources, RankingScratch scratch, int most) => AddAll(sources, scratch, _query, this, most);

    private bool Allows(int product, CustomerState state)
    {
        if (_never.Contains(product))
            return false;
        var slot = state.SlotOf(product);
        if (slot < 0)
            return true;
        return !_query.NewProductsOnly
            && !(_durable.Contains(product) && state.AsOfDay - state.Own[slot].LastDay <= _query.DurableRestDays);
    }

    private static IEnumerable<int> Numbers(IReadOnlyCollection<string> ids, PurchaseColumns columns) =>
        ids.Select(columns.Products.Find).Where(p => p >= 0);
}
