namespace PostPurchase.Recommend.Ranking;

/// <summary>Says why a ranked product is on the list, from the working memory of the request that ranked it.</summary>
internal readonly ref struct ReasonFinder(RankingSources sources, RankingScratch scratch)
{
    public (Evidence Evidence, RecommendationReason Reason) Find(int product)
    {
        var state = scratch.State;
        var slot = state.SlotOf(product);
        if (slot >= 0)
            return (Evidence.Own, BoughtBefore(state, state.Own[slot]));
        if (state.Rows == 0)
            return (Evidence.Population, new RecommendationReason { Kind = ReasonKind.Popular });
        if (scratch.HistoryScores[product] > 0)
        {
            var anchor = sources.Transitions.StrongestSource(state, product);
            if (anchor >= 0)
                return (Evidence.Product, new RecommendationReason { Kind = ReasonKind.GoesWith, RelatedProductId = sources.Columns.Products[anchor] });
        }

        return (Evidence.Product, new RecommendationReason
        {
            Kind = scratch.Neighbours.NearSums[product] > 0 ? ReasonKind.SimilarCustomers : ReasonKind.Popular,
        });
    }

    private static RecommendationReason BoughtBefore(CustomerState state, in OwnProduct own) => new()
    {
        Kind = ReasonKind.BoughtBefore,
        TimesBought = own.Count,
        MeanGapDays = own.Count > 1 ? (double)(own.LastDay - own.FirstDay) / (own.Count - 1) : null,
        DaysSinceLast = state.AsOfDay - own.LastDay,
    };
}
