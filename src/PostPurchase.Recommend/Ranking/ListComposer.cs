namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// Picks a list from ranked products under the rules that look at the list as a whole: most of a category, a share of new
/// products, diversity. It picks greedily from the top, and what is no candidate only where no candidate is left, so a short list is the start of a longer one.
/// </summary>
internal sealed class ListComposer(RankingSources sources, ProductSimilarity similarity)
{
    public static bool IsNeeded(RecommendationQuery query) =>
        query.MostPerCategory is not null || query.LeastNewShare > 0 || query.Diversity > 0;

    public List<RankedProduct> Compose(ReadOnlySpan<RankedProduct> ranked, RemainingProducts remaining, RecommendationQuery query, CustomerState state)
    {
        List<RankedProduct> list = [];
        var taken = new bool[ranked.Length];
        var closest = new float[ranked.Length];
        Dictionary<int, int> ofCategory = [];
        var news = 0;
        while (list.Count < query.Count)
        {
            var newWanted = news < Math.Floor(query.LeastNewShare * (list.Count + 1) + 1e-9);
            var found = Take(ranked, newWanted) ?? remaining.Next(newWanted, HasRoom);
            // Where no new product is left the share cannot be kept, and a shorter list would help nobody.
            if (found is null && newWanted)
                found = Take(ranked, newWanted: false) ?? remaining.Next(newOnly: false, HasRoom);
            if (found is not { } best)
                break;
            list.Add(best);
            if (state.SlotOf(best.Product) < 0)
                news++;
            if (CategoryOf(best.Product) is var category and >= 0)
                ofCategory[category] = ofCategory.GetValueOrDefault(category) + 1;
            if (query.Diversity > 0)
                Approach(ranked, taken, closest, best.Product);
        }

        return list;

        RankedProduct? Take(ReadOnlySpan<RankedProduct> ranked, bool newWanted)
        {
            var best = Best(ranked, taken, closest, query, HasRoom, newWanted ? state : null);
            if (best < 0)
                return null;
            taken[best] = true;
            return ranked[best];
        }

        bool HasRoom(int product) =>
            query.MostPerCategory is not { } most || CategoryOf(product) is not (>= 0 and var category) || ofCategory.GetValueOrDefault(category) < most;
    }

    /// <summary>Maximal marginal relevance (Carbonell and Goldstein 1998) on probabilities: one that resembles what is on the list already counts for less.</summary>
    private static int Best(
        ReadOnlySpan<RankedProduct> ranked, bool[] taken, float[] closest, RecommendationQuery query, Func<int, bool> hasRoom, CustomerState? newTo)
    {
        var (best, bestScore) = (-1, double.NegativeInfinity);
        for (var i = 0; i < ranked.Length; i++)
        {
            var score = ranked[i].Probability * (1 - (query.Diversity * closest[i]));
            if (taken[i] || score <= bestScore || (newTo is not null && newTo.SlotOf(ranked[i].Product) >= 0))
                continue;
            if (hasRoom(ranked[i].Product))
                (best, bestScore) = (i, score);
        }

        return best;
    }

    private void Approach(ReadOnlySpan<RankedProduct> ranked, bool[] taken, float[] closest, int product)
    {
        for (var i = 0; i < ranked.Length; i++)
        {
            if (!taken[i])
                closest[i] = Math.Max(closest[i], similarity.Between(ranked[i].Product, product));
        }
    }

    private int CategoryOf(int product) => sources.Columns.HasCategories ? sources.Columns.ProductCategory[product] : -1;
}
