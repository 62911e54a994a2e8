using PostPurchase.Recommend.Customers;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>Trains a <see cref="ReplenishmentModel"/>. Cost grows linearly with the lines of the history.</summary>
internal sealed class ReplenishmentTrainer(ReplenishmentOptions options)
{
    public ReplenishmentModel Train(PurchaseColumns columns, TrainingRun run) =>
        Train(columns, new CustomerTrainer(options.Customers).Train(columns, run), "Replenishment", run);

    /// <summary>Trains with customers known already, from a history of the same visits, and reports under a stage of its own.</summary>
    public ReplenishmentModel Train(PurchaseColumns columns, CustomerModel customers, string stage, TrainingRun run)
    {
        options.Validate();
        run.Report(stage, 0);
        var pairs = PurchasePairs.From(columns);
        var (repeated, seldom) = new HazardSampler(columns, pairs, customers, options, run).Sample();
        run.Report(stage, 0.5);
        var hazards = new PairHazards(LearnedHazards.Fit(repeated, options, run), LearnedHazards.Fit(seldom, options, run));
        run.Report(stage, 0.9);
        var tomorrow = columns.LastDay + 1;
        var snapshot = PairSnapshot.Of(columns, pairs, tomorrow, customers, options, run.Cancellation);
        var links = ConsumableLinkTrainer.Train(columns, pairs, options, run);
        run.Cancellation.ThrowIfCancellationRequested();
        var model = new ReplenishmentModel(
            snapshot, hazards, FirstPurchases.Of(columns, pairs, tomorrow, links, run), new ForecastJudge(options.HorizonDays, options.WidestWindowShare));
        run.Report(stage, 1);
        return model;
    }
}
