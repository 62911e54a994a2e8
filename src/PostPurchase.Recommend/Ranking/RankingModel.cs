using System.Collections.Concurrent;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// Answers <see cref="RecommendationQuery"/>: candidates from every source, one calibrated probability each that the
/// customer buys the product at a visit on the day asked for. Immutable and safe to use from any number of threads.
/// </summary>
internal sealed class RankingModel
{
    private readonly RankingSources _sources;
    private readonly RankingBlend _blend;
    private readonly BrowsingRates _browsing;
    private readonly ProductSimilarity _similarity;
    private readonly ConcurrentBag<RankingScratch> _scratches = [];

    public RankingModel(RankingSources sources, RankingBlend blend)
    {
        _sources = sources;
        _blend = blend;
        _browsing = BrowsingRates.From(sources.Columns);
        _similarity = new ProductSimilarity(sources.Columns);
    }

    private PurchaseColumns Columns => _sources.Columns;

    /// <summary>Answers one question; a customer the history does not know, or not yet, is answered from all customers.</summary>
    public RecommendationList Recommend(RecommendationQuery query)
    {
        query.Validate();
        var customer = Columns.Customers.Find(query.CustomerId);
        var asOfDay = query.AsOf?.DayNumber ?? DayAfterLast;
        var scratch = Rent();
        var ranked = List(customer, asOfDay, query, scratch);
        var items = new Recommendation[ranked.Length];
        var reasons = new ReasonFinder(_sources, _browsing, scratch, ranked);
        for (var i = 0; i < items.Length; i++)
        {
            var (evidence, reason) = reasons.Find(i, ranked[i].Product);
            items[i] = new Recommendation(Columns.Products[ranked[i].Product], ranked[i].Probability, evidence, reason);
        }

        var known = scratch.State.Rows > 0;
        _scratches.Add(scratch);
        return new RecommendationList(query.CustomerId, DateOnly.FromDayNumber(asOfDay), known, items);
    }

    /// <summary>Writes the learned parts; the rest follows from the history, which the model file holds anyway.</summary>
    internal void Write(SectionWriter writer)
    {
        _blend.Write(writer);
        _sources.Transitions.Write(writer);
        _sources.Factors.Write(writer);
        _sources.Gaps.Write(writer);
    }

    internal static RankingModel Read(SectionReader reader, PurchaseColumns columns)
    {
        var blend = RankingBlend.Read(reader);
        var transitions = BasketTransitions.Read(reader, columns.Products.Count);
        var factors = FactorModel.Read(reader);
        if (factors.ProductCount != columns.Products.Count)
            throw reader.Damaged($"there are factors of {factors.ProductCount} products where the history has {columns.Products.Count}");
        return new RankingModel(RankingSources.From(columns, SalesCalendar.From(columns), transitions, factors, OwnGaps.Read(reader)), blend);
    }

    // A log may reach to the last day of the calendar, which is what some databases write for "never".
    // What was looked at since the last purchase belongs to the question.
    private int DayAfterLast =>
        Columns.Rows == 0 ? 0 : Math.Min(Math.Max(Columns.LastDay, Columns.Interactions.LastDay) + 1, DateOnly.MaxValue.DayNumber);

    /// <summary>Ranks, and applies the rules of the request; a request without rules passes straight through. At most as many as asked for.</summary>
    private ReadOnlySpan<RankedProduct> List(int customer, int asOfDay, RecommendationQuery query, RankingScratch scratch)
    {
        var rules = RequestRules.From(query, Columns);
        scratch.State.Load(Columns, customer, asOfDay);
        CandidateFinder.Find(_sources, customer, query.NewProductsOnly, scratch);
        rules?.Restrict(scratch);
        var ranked = Score(scratch);
        // First of all rules: what is left out here must take no place that another product could have.
        var probable = ProbableEnough(ranked, query);
        var isComposed = ListComposer.IsNeeded(query);
        if (probable.Length >= query.Count && !isComposed)
            return probable[..query.Count];
        var remaining = Remaining(ranked, query, rules, scratch);
        return isComposed
            ? new ListComposer(_sources, _similarity).Compose(probable, remaining, query, scratch.State).ToArray()
            : GoOn(probable, remaining, query.Count);
    }

    // Of its own, so that requests that never get here need not hold its function.
    private RemainingProducts Remaining(RankedProduct[] ranked, RecommendationQuery query, RequestRules? rules, RankingScratch scratch) =>
        new(_sources, scratch.State, query, rules, ranked, product => Probability(product, scratch));

    private static RankedProduct[] GoOn(ReadOnlySpan<RankedProduct> ranked, RemainingProducts remaining, int count)
    {
        List<RankedProduct> list = [.. ranked];
        while (list.Count < count && remaining.Next(newOnly: false, fits: null) is { } product)
            list.Add(product);
        return [.. list];
    }

    // Ranked by probability, so those that are probable enough come first.
    private static ReadOnlySpan<RankedProduct> ProbableEnough(RankedProduct[] ranked, RecommendationQuery query)
    {
        if (query.MinimumProbability <= 0)
            return ranked;
        var count = 0;
        while (count < ranked.Length && ranked[count].Probability >= query.MinimumProbability)
            count++;
        return ranked.AsSpan(0, count);
    }

    private RankedProduct[] Score(RankingScratch scratch)
    {
        var ranked = new RankedProduct[scratch.Candidates.Count];
        if (scratch.State.Rows == 0)
        {
            for (var i = 0; i < ranked.Length; i++)
                ranked[i] = new RankedProduct(scratch.Candidates[i], FirstPurchase(scratch.Candidates[i], scratch.State));
        }
        else
        {
            ScoreCandidates(scratch, ranked);
        }

        Array.Sort(ranked);
        return ranked;
    }

    private double Probability(int product, RankingScratch scratch)
    {
        scratch.Candidates.Clear();
        scratch.Candidates.Add(product);
        return Score(scratch)[0].Probability;
    }

    // Of who has bought nothing yet: what sells, and what was looked at.
    private double FirstPurchase(int product, CustomerState state)
    {
        var popular = _sources.Popular.Probability(product, state.AsOfDay);
        return popular + ((1 - popular) * _browsing.Probability(state.Interactions, product, state.AsOfDay));
    }

    private void ScoreCandidates(RankingScratch scratch, RankedProduct[] ranked)
    {
        var rows = scratch.Rows(ranked.Length * RankingFeatures.Count);
        RankingFeatures.Fill(_sources, scratch, rows);
        var scores = scratch.Scores(ranked.Length);
        _blend.Score(rows, scores);
        for (var i = 0; i < ranked.Length; i++)
            ranked[i] = new RankedProduct(scratch.Candidates[i], scores[i]);
    }

    private RankingScratch Rent() =>
        _scratches.TryTake(out var scratch) ? scratch : _sources.NewScratch();
}
