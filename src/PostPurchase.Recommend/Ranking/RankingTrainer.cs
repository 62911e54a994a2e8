using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>Learns the ranking of one store: a sample of held-out baskets, the blend on it, and the sources on the whole history.</summary>
/// <param name="options">How the blend is learned.</param>
/// <param name="factorTrainer">What learns the matrix factors, one source of the blend; our own by default.</param>
internal sealed class RankingTrainer(RankingOptions options, IFactorTrainer? factorTrainer = null)
{
    public RankingModel Train(PurchaseColumns columns, TrainingRun run)
    {
        options.Validate();
        var factors = factorTrainer ?? new ImplicitAlsTrainer(options.Factorization);
        var calendar = SalesCalendar.From(columns);
        var sample = new RankingSampler(options, factors).Build(columns, calendar, run);
        var blend = new RankingBlendTrainer(options).Train(sample, run);
        run.Report("Learning the ranking", 1);
        return new RankingModel(RankingSources.From(columns, calendar, factors, run, options), blend);
    }
}
