using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>Says why ranked products are on the list, from the working memory of the request that ranked them.</summary>
internal readonly ref struct ReasonFinder
{
    private readonly RankingSources _sources;
    private readonly BrowsingRates _browsing;
    private readonly RankingScratch _scratch;
    private readonly ReadOnlySpan<int> _anchors;

    /// <summary>Prepares the reasons of a list.</summary>
    public ReasonFinder(RankingSources sources, BrowsingRates browsing, RankingScratch scratch, ReadOnlySpan<RankedProduct> list)
    {
        (_sources, _browsing, _scratch) = (sources, browsing, scratch);
        var products = scratch.Products(2 * list.Length);
        var anchors = products[list.Length..];
        // What the customer has bought before is its own reason, and the search is what reasons cost.
        var found = 0;
        foreach (var (product, _) in list)
        {
            products[found] = product;
            found += scratch.State.SlotOf(product) < 0 ? 1 : 0;
        }

        if (found > 0)
            sources.Transitions.StrongestSources(scratch.State, products[..found], anchors[..found], scratch.Places);
        for (var place = list.Length - 1; place >= 0; place--)
            anchors[place] = scratch.State.SlotOf(list[place].Product) < 0 ? anchors[--found] : -1;
        _anchors = anchors;
    }

    /// <summary>The reason for the product at the place of the list.</summary>
    public (Evidence Evidence, RecommendationReason Reason) Find(int place, int product)
    {
        var state = _scratch.State;
        var slot = state.SlotOf(product);
        if (slot >= 0)
            return (Evidence.Own, BoughtBefore(state, state.Own[slot]));
        // Where looks lead to purchases they say more than what others buy.
        if (_browsing.Probability(state.Interactions, product, state.AsOfDay) is > 0 and var browsed && browsed > _sources.Popular.Probability(product, state.AsOfDay))
            return (Evidence.Product, Looked(state, product));
        if (state.Rows == 0)
            return (Evidence.Population, new RecommendationReason { Kind = ReasonKind.Popular });
        if (_anchors[place] >= 0)
            return (Evidence.Product, new RecommendationReason { Kind = ReasonKind.GoesWith, RelatedProductId = _sources.Columns.Products[_anchors[place]] });
        return (Evidence.Product, new RecommendationReason
        {
            Kind = _scratch.Neighbours.NearSums[product] > 0 ? ReasonKind.SimilarCustomers : ReasonKind.Popular,
        });
    }

    private static RecommendationReason Looked(CustomerState state, int product)
    {
        var (kind, last) = state.Interactions.Last(product);
        return new()
        {
            Kind = kind switch
            {
                InteractionKind.Cart => ReasonKind.AddedToCart,
                InteractionKind.WishList => ReasonKind.WishedFor,
                _ => ReasonKind.Viewed,
            },
            DaysSinceInteraction = state.AsOfDay - last,
        };
    }

    private static RecommendationReason BoughtBefore(CustomerState state, in OwnProduct own) => new()
    {
        Kind = ReasonKind.BoughtBefore,
        TimesBought = own.Count,
        MeanGapDays = own.Count > 1 ? (double)(own.LastDay - own.FirstDay) / (own.Count - 1) : null,
        DaysSinceLast = state.AsOfDay - own.LastDay,
    };
}
