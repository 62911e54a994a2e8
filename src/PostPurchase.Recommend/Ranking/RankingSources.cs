using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// What ranking knows of all customers together. For learning the blend it is built on a history without the baskets to be
/// predicted, for serving on all of it.
/// </summary>
internal sealed class RankingSources
{
    private RankingSources(
        PurchaseColumns columns, SalesCalendar calendar, ProductStatistics statistics, NeighbourIndex neighbours, BasketTransitions transitions, FactorModel factors,
        OwnGaps gaps)
    {
        Columns = columns;
        Calendar = calendar;
        Statistics = statistics;
        Neighbours = neighbours;
        Transitions = transitions;
        Factors = factors;
        Directions = ProductDirections.From(factors);
        Gaps = gaps;
        Shelves = CategoryShelves.From(columns, statistics);
        Popular = new PopularProducts(calendar, columns);
    }

    public PurchaseColumns Columns { get; }

    public SalesCalendar Calendar { get; }

    public ProductStatistics Statistics { get; }

    public NeighbourIndex Neighbours { get; }

    public BasketTransitions Transitions { get; }

    public FactorModel Factors { get; }

    public ProductDirections Directions { get; }

    /// <summary>The sources that candidates are taken from: all, but where their worth is measured.</summary>
    public CandidateSources Candidates { get; private init; }

    /// <summary>The features that are hidden, in learning and in serving alike: none, but where their worth is measured.</summary>
    public RankingFeature[] LeftOut { get; private init; } = [];

    public OwnGaps Gaps { get; }

    public CategoryShelves Shelves { get; }

    public PopularProducts Popular { get; }

    /// <summary>Learns the sources; of the options only what is left out matters here.</summary>
    public static RankingSources From(PurchaseColumns columns, SalesCalendar calendar, IFactorTrainer factorTrainer, TrainingRun run, RankingOptions? options = null)
    {
        var factors = factorTrainer.Train(InteractionMatrix.From(columns), run with { Progress = null });
        if (factors.ProductCount != columns.Products.Count)
            throw new InvalidOperationException($"{factorTrainer.GetType().Name} learned factors of {factors.ProductCount} products where it was given {columns.Products.Count}.");
        // Each of these looks at the whole history.
        run.Cancellation.ThrowIfCancellationRequested();
        var transitions = BasketTransitions.From(columns, run);
        run.Cancellation.ThrowIfCancellationRequested();
        var gaps = OwnGaps.From(columns);
        run.Cancellation.ThrowIfCancellationRequested();
        return From(columns, calendar, transitions, factors, gaps, options, run.Cancellation);
    }

    public static RankingSources From(PurchaseColumns columns, SalesCalendar calendar, BasketTransitions transitions, FactorModel factors, OwnGaps gaps,
        RankingOptions? options = null, CancellationToken cancellation = default)
    {
        var statistics = ProductStatistics.From(columns);
        cancellation.ThrowIfCancellationRequested();
        return new RankingSources(columns, calendar, statistics, NeighbourIndex.From(columns), transitions, factors, gaps)
        {
            Candidates = options?.Candidates ?? CandidateSources.All,
            LeftOut = options?.LeftOutFeatures ?? [],
        };
    }

    /// <summary>Whether the product was on sale by the day asked about, as far as purchases, and what the customer looked at, tell.</summary>
    public bool IsKnown(int product, CustomerState state) =>
        state.AsOfDay > Columns.LastDay || Calendar.IsSoldBefore(product, state.AsOfDay) || state.Interactions.Any[product] > 0;

    public RankingScratch NewScratch() => new(Columns.Products.Count, Neighbours.Customers, Factors.Factors, Shelves.Count);
}
