namespace PostPurchase.Recommend.Ranking;

/// <summary>Picks the few products worth scoring: what the customer owns, and the best of every source of new ones.</summary>
internal static class CandidateFinder
{
    public const int PerSource = 40;
    private const int Popular = 30;
    private const int Categories = 3;
    private const int PerCategory = 10;

    public static void Find(RankingSources sources, int customer, bool newOnly, RankingScratch scratch)
    {
        var state = scratch.State;
        scratch.Neighbours.Clear();
        Array.Clear(scratch.CustomerFactors);
        scratch.LastBasketScores.Clear();
        scratch.HistoryScores.Clear();
        scratch.Chosen.Clear();
        if (state.Rows > 0)
        {
            sources.Neighbours.Score(state, customer, scratch);
            FoldIn(sources, state, scratch);
            var last = state.Baskets - 1;
            foreach (ref readonly var own in state.Own)
            {
                if (own.LastBasket == last)
                    sources.Transitions.Add(own.Product, 1f / state.LastBasketSize, scratch.LastBasketScores);
                sources.Transitions.Add(own.Product, own.BasketDecay / state.MiddleDecaySum, scratch.HistoryScores);
            }
        }

        scratch.Categories.Load(sources.Columns, state);
        if (!newOnly)
            AddOwn(state, scratch);
        AddNew(sources, newOnly, scratch);
        scratch.Candidates.Clear();
        foreach (var product in scratch.Chosen.Touched)
        {
            if (sources.IsKnown(product, state))
                scratch.Candidates.Add(product);
        }
    }

    private static void AddNew(RankingSources sources, bool newOnly, RankingScratch scratch)
    {
        if (sources.Candidates.HasFlag(CandidateSources.Neighbour))
            AddBestOfNeighbours(sources.Neighbours, scratch);
        if (sources.Candidates.HasFlag(CandidateSources.Transition))
        {
            AddBest(scratch.LastBasketScores, PerSource / 2, scratch);
            AddBest(scratch.HistoryScores, PerSource, scratch);
        }

        if (sources.Candidates.HasFlag(CandidateSources.Factor))
            AddBestByFactors(sources, scratch);
        if (sources.Candidates.HasFlag(CandidateSources.Category))
            AddBestOfCategories(sources, scratch);
        if (sources.Candidates.HasFlag(CandidateSources.Interaction))
            AddBest(scratch.State.Interactions.Any, PerSource, scratch);
        if (sources.Candidates.HasFlag(CandidateSources.Popularity))
        {
            var popular = sources.Popular.AsOf(scratch.State.AsOfDay);
            AddPopular(popular[..Math.Min(Popular, popular.Length)], newOnly, scratch);
        }
    }

    private static void FoldIn(RankingSources sources, CustomerState state, RankingScratch scratch)
    {
        Span<int> products = scratch.Products(state.OwnCount);
        var counts = scratch.Keys(state.OwnCount);
        for (var i = 0; i < products.Length; i++)
            (products[i], counts[i]) = (state.Own[i].Product, state.Own[i].Count);
        sources.Factors.FoldIn(products, counts, scratch.CustomerFactors);
        Array.Clear(scratch.LastBasketFactors);
        foreach (ref readonly var own in state.Own)
        {
            if (own.LastBasket == state.Baskets - 1)
                sources.Directions.AddTo(scratch.LastBasketFactors, own.Product, 1f / state.LastBasketSize);
        }
    }

    private static void AddBestByFactors(RankingSources sources, RankingScratch scratch)
    {
        if (scratch.State.Rows == 0)
            return;
        var eligible = scratch.Eligible;
        eligible.Fill(ulong.MaxValue);
        foreach (ref readonly var own in scratch.State.Own)
            eligible[own.Product >> 6] &= ~(1UL << own.Product);
        var found = sources.Factors.Top(scratch.CustomerFactors, eligible, scratch.BestByFactors);
        for (var i = 0; i < found; i++)
            scratch.Chosen.Raise(scratch.BestByFactors[i].Item, 1);
    }

    // What sells best of the categories that the customer buys most of.
    private static void AddBestOfCategories(RankingSources sources, RankingScratch scratch)
    {
        Span<int> chosen = stackalloc int[Categories];
        chosen.Fill(-1);
        foreach (ref var category in chosen)
        {
            foreach (var candidate in scratch.Categories.Touched)
            {
                var (share, best) = (scratch.Categories.Share(candidate), category < 0 ? 0 : scratch.Categories.Share(category));
                if (!chosen.Contains(candidate) && (share > best || (share == best && candidate < category)))
                    category = candidate;
            }

            if (category < 0)
                return;
            var left = PerCategory;
            foreach (var product in sources.Shelves.Of(category))
            {
                if (left == 0)
                    break;
                if (scratch.State.SlotOf(product) >= 0)
                    continue;
                scratch.Chosen.Raise(product, 1);
                left--;
            }
        }
    }

    private static void AddPopular(ReadOnlySpan<int> popular, bool newOnly, RankingScratch scratch)
    {
        foreach (var product in popular)
        {
            if (!newOnly || scratch.State.SlotOf(product) < 0)
                scratch.Chosen.Raise(product, 1);
        }
    }

    // All of them, however many: what a daily customer of thousands of products buys rarely is still more probable than most of what is new.
    private static void AddOwn(CustomerState state, RankingScratch scratch)
    {
        foreach (ref readonly var own in state.Own)
            scratch.Chosen.Raise(own.Product, 1);
    }

    // In the order in which the nearest customers name them.
    private static void AddBestOfNeighbours(NeighbourIndex neighbours, RankingScratch scratch)
    {
        var sums = scratch.Sums;
        scratch.Neighbours.NearSums.CopyTo(sums);
        foreach (ref readonly var own in scratch.State.Own)
            sums[own.Product] = 0;
        var found = MostOf(sums, PerSource, scratch, out var least);
        foreach (var (customer, _) in scratch.Neighbours.Few)
        {
            foreach (var (product, _) in neighbours.Bought(customer))
            {
                if (sums[product] < least)
                    continue;
                scratch.Chosen.Raise(product, 1);
                sums[product] = 0;
                if (--found == 0)
                    return;
            }
        }
    }

    // How many sums reach the one that as many as wanted reach; none below zero counts.
    private static int MostOf(ReadOnlySpan<float> sums, int wanted, RankingScratch scratch, out float least)
    {
        least = Math.Max(float.Epsilon, Quickselect.ReachedBy(wanted, sums, scratch.Keys(2 * wanted)));
        var products = scratch.Products(sums.Length);
        var found = 0;
        for (var p = 0; p < sums.Length; p++)
        {
            products[found] = p;
            found += sums[p] >= least ? 1 : 0;
        }

        if (found <= wanted)
            return found;
        var keys = scratch.Keys(found);
        for (var i = 0; i < found; i++)
            keys[i] = sums[products[i]];
        least = Quickselect.Descending(keys, wanted - 1);
        var reached = 0;
        foreach (var product in products[..found])
            reached += sums[product] >= least ? 1 : 0;
        return reached;
    }

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
