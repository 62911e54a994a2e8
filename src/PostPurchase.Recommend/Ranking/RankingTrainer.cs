using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>Learns the ranking of one store: a sample of held-out baskets, the blend on it, and the sources on the whole history.</summary>
internal sealed class RankingTrainer(RankingOptions options)
{
    public RankingModel Train(PurchaseColumns columns, TrainingRun run)
    {
        options.Validate();
        var calendar = SalesCalendar.From(columns);
        var sample = new RankingSampler(options).Build(columns, calendar, run);
        var blend = new RankingBlendTrainer(options).Train(sample, run);
        run.Report("Learning the ranking", 1);
        return new RankingModel(RankingSources.From(columns, calendar, options.Factorization, run), blend);
    }
}
