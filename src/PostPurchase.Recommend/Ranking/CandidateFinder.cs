namespace PostPurchase.Recommend.Ranking;

/// <summary>Picks the few products worth scoring: what the customer owns, and the best of every source of new ones.</summary>
internal static class CandidateFinder
{
    private const int OwnLimit = 150;
    private const int PerSource = 40;
    private const int Popular = 30;

    public static void Find(RankingSources sources, int customer, RecommendationQuery? query, RankingScratch scratch)
    {
        var state = scratch.State;
        scratch.NeighbourScores.Clear();
        scratch.LastBasketScores.Clear();
        scratch.HistoryScores.Clear();
        scratch.Chosen.Clear();
        if (state.Rows > 0)
        {
            sources.Neighbours.Score(state, customer, 300, scratch.Neighbours, scratch.NeighbourScores);
            var last = state.Baskets - 1;
            foreach (ref readonly var own in state.Own)
            {
                if (own.LastBasket == last)
                    sources.Transitions.Add(own.Product, 1f / state.LastBasketSize, scratch.LastBasketScores);
                sources.Transitions.Add(own.Product, own.BasketDecay / state.MiddleDecaySum, scratch.HistoryScores);
            }
        }

        if (query is not { NewProductsOnly: true })
            AddOwn(state, scratch);
        AddBest(scratch.NeighbourScores, PerSource, scratch);
        AddBest(scratch.LastBasketScores, PerSource / 2, scratch);
        AddBest(scratch.HistoryScores, PerSource, scratch);
        var popular = sources.Popular.AsOf(state.AsOfDay);
        AddPopular(popular[..Math.Min(Popular, popular.Length)], query, scratch);
        scratch.BestCandidates = scratch.Chosen.Count;
        if (query is not null && query.Count > scratch.BestCandidates)
            FillUp(sources, query, scratch);
        scratch.Candidates.Clear();
        foreach (var product in scratch.Chosen.Touched)
            scratch.Candidates.Add(product);
    }

    private static void AddPopular(ReadOnlySpan<int> popular, RecommendationQuery? query, RankingScratch scratch)
    {
        foreach (var product in popular)
        {
            if (query is not { NewProductsOnly: true } || scratch.State.SlotOf(product) < 0)
                scratch.Chosen.Raise(product, 1);
        }
    }

    // A list longer than all sources together goes on with the rest of the catalogue.
    private static void FillUp(RankingSources sources, RecommendationQuery query, RankingScratch scratch)
    {
        foreach (var product in sources.Popular.All(scratch.State.AsOfDay))
        {
            if (scratch.Chosen.Count >= query.Count)
                return;
            AddPopular([product], query, scratch);
        }
    }

    private static void AddOwn(CustomerState state, RankingScratch scratch)
    {
        var own = state.Own;
        if (own.Length <= OwnLimit)
        {
            foreach (ref readonly var product in own)
                scratch.Chosen.Raise(product.Product, 1);
            return;
        }

        var keys = scratch.Keys(own.Length);
        for (var i = 0; i < own.Length; i++)
            keys[i] = Preference(own[i], state);
        var bound = Quickselect.Descending(keys, OwnLimit - 1);
        for (var i = 0; i < own.Length; i++)
        {
            if (Preference(own[i], state) >= bound)
                scratch.Chosen.Raise(own[i].Product, 1);
        }
    }

    private static float Preference(in OwnProduct own, CustomerState state) => own.BasketDecaySlow + own.BasketDecay;

    private static void AddBest(ScoreBoard board, int wanted, RankingScratch scratch)
    {
        var keys = scratch.Keys(board.Count);
        var fresh = 0;
        foreach (var product in board.Touched)
        {
            if (scratch.State.SlotOf(product) < 0)
                keys[fresh++] = board[product];
        }

        if (fresh == 0)
            return;
        var bound = fresh <= wanted ? float.MinValue : Quickselect.Descending(keys[..fresh], wanted - 1);
        foreach (var product in board.Touched)
        {
            if (scratch.State.SlotOf(product) < 0 && board[product] >= bound && board[product] > 0)
                scratch.Chosen.Raise(product, 1);
        }
    }
}
