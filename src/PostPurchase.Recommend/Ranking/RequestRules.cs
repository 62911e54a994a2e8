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

    /// <summary>Takes off the candidates what the rules forbid, or puts what the request names in their place.</summary>
    public void Restrict(RankingScratch scratch)
    {
        var candidates = scratch.Candidates;
        if (_only is not null)
        {
            candidates.Clear();
            candidates.AddRange(_only);
        }

        candidates.RemoveAll(product => !Allows(product, scratch.State));
    }

    /// <summary>Whether there can be products beyond the candidates.</summary>
    public bool IsOpen => _only is null;

    public bool Allows(int product, CustomerState state)
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
