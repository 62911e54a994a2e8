using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// What ranking knows of all customers together. For learning the blend it is built on a history without the baskets to be
/// predicted, for serving on all of it.
/// </summary>
internal sealed class RankingSources
{
    private RankingSources(
        PurchaseColumns columns, SalesCalendar calendar, ProductStatistics statistics, NeighbourIndex neighbours, BasketTransitions transitions)
    {
        Columns = columns;
        Calendar = calendar;
        Statistics = statistics;
        Neighbours = neighbours;
        Transitions = transitions;
        Popular = new PopularProducts(calendar, columns);
    }

    public PurchaseColumns Columns { get; }

    public SalesCalendar Calendar { get; }

    public ProductStatistics Statistics { get; }

    public NeighbourIndex Neighbours { get; }

    public BasketTransitions Transitions { get; }

    public PopularProducts Popular { get; }

    public static RankingSources From(PurchaseColumns columns, SalesCalendar calendar, TrainingRun run) =>
        From(columns, calendar, BasketTransitions.From(columns, run));

    public static RankingSources From(PurchaseColumns columns, SalesCalendar calendar, BasketTransitions transitions) =>
        new(columns, calendar, ProductStatistics.From(columns), NeighbourIndex.From(columns), transitions);
}
