using PostPurchase.Recommend.Evaluation;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class OnlineRetailForecastTests
{
    private const string File = "online-retail-ii/orders.csv.gz";

    [RealDataFact(File)]
    public void Floors_of_the_replenishment_protocol_hold_on_its_first_day()
    {
        var path = Path.Combine(Repository.Data, File);
        var sales = PurchaseHistory.FromCsv(path, new IngestOptions { ReturnsCancel = false });
        // Floors are those of the mean of three days; one takes a third of the time, and is followed for half a year as windows must be.
        var protocol = new ReplenishmentProtocol(sales, [new(2011, 6, 1)], [14, 30, 60]);
        var rows = protocol.Measure("replenishment alone", asOf => new Forecaster(PurchaseHistory.FromCsv(path, new IngestOptions { Until = asOf })));
        (double Auc, double LogLoss, double TopN, double Calibration)[] floors = [(.763, .1715, .248, .010), (.762, .2740, .338, .012), (.758, .4020, .440, .020)];
        foreach (var (row, floor) in rows.Zip(floors))
        {
            var metrics = row.Metrics.ToDictionary(metric => metric.Name, metric => metric.Value);
            Assert.InRange(metrics["AUC"], floor.Auc, 1);
            Assert.InRange(metrics["log loss"], 0, floor.LogLoss);
            Assert.InRange(metrics["top-N precision"], floor.TopN, 1);
            Assert.InRange(metrics["calibration"], 0, floor.Calibration);
            Assert.InRange(metrics["window coverage"], 0.77, 0.83);
        }
    }

    private sealed class Forecaster(PurchaseHistory history) : IRecommender
    {
        private readonly PurchaseColumns _columns = history.Columns;
        private readonly ReplenishmentModel _model = new ReplenishmentTrainer(new ReplenishmentOptions()).Train(history.Columns, new TrainingRun());

        public ReplenishmentForecast Forecast(string customerId, string productId, DateOnly asOf) =>
            _model.Forecast(_columns, _columns.Customers.Find(customerId), _columns.Products.Find(productId), asOf.DayNumber).For(customerId, productId, asOf);

        public RecommendationList Recommend(RecommendationQuery query) => throw new NotSupportedException();

        public IAsyncEnumerable<DuePurchase> DueAsync(DueQuery query, CancellationToken cancellation = default) => throw new NotSupportedException();

        public IReadOnlyList<Complement> GoesWith(ComplementQuery query) => throw new NotSupportedException();
    }
}
