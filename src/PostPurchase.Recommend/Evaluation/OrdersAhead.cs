using PostPurchase.Recommend.Customers;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Evaluation;

/// <summary>
/// How many orders does each customer place in [as of, as of + days)? A day with any purchase is one order. On the day of asking nobody knew what
/// would come back later; an order that came back as a whole was none.
/// </summary>
internal sealed class OrdersAhead
{
    private static readonly string[] Metrics = ["mean absolute error", "mean predicted", "mean observed"];

    private readonly PurchaseColumns _known;
    private readonly DateOnly _asOf;
    private readonly int _days;
    private readonly List<int> _customers = [];
    private readonly List<VisitRecord> _records = [];
    private readonly List<int> _observed = [];

    public OrdersAhead(PurchaseHistory log, DateOnly asOf, int days)
    {
        _known = HistoryAsOf.Before(log, asOf).Columns;
        _asOf = asOf;
        _days = days;
        for (var customer = 0; customer < _known.Customers.Count; customer++)
        {
            if (CustomerRecords.Visits(_known, customer, asOf.DayNumber) is not { } record)
                continue;
            _customers.Add(customer);
            _records.Add(record);
            _observed.Add(OrdersOf(log.Columns, log.Columns.Customers.Find(_known.Customers[customer])));
        }

        if (_records.Count == 0)
            throw new ArgumentException($"Nobody bought anything before {asOf:O}.", nameof(asOf));
    }

    public EvaluationTable Compare(TrainingRun run)
    {
        var ahead = _days / CustomerRecords.DaysPerUnit;
        var bgNbd = VisitProcessTrainer.Fit(_records, 1, leavesAtStart: false, run);
        var mbgNbd = VisitProcessTrainer.Fit(_records, 1, leavesAtStart: true, run);
        var model = new CustomerTrainer(new CustomerOptions()).Train(_known, run);
        return new EvaluationTable
        {
            Title = $"orders in the {_days} days from {_asOf:yyyy-MM-dd}",
            SampleSizes = [new("customers", _records.Count), new("orders", _observed.Sum(orders => (long)orders))],
            Rows =
            [
                Row("own rate so far", true, i => Chance(OwnRate(i) * ahead), run),
                Row("BG/NBD", true, i => (bgNbd.ExpectedVisits(_records[i], ahead), bgNbd.ProbabilityOfVisit(_records[i], ahead)), run),
                Row("MBG/NBD", true, i => (mbgNbd.ExpectedVisits(_records[i], ahead), mbgNbd.ProbabilityOfVisit(_records[i], ahead)), run),
                Row("PostPurchase.Recommend", false, Outlook, run),
            ],
        };

        (double Orders, double Probability) Outlook(int i)
        {
            var outlook = model.Outlook(_known, _known.Customers[_customers[i]], _customers[i], _asOf, _days);
            return (outlook.ExpectedOrders, outlook.ProbabilityOfOrder);
        }
    }

    // Who is not in the log any more has taken back everything.
    private int OrdersOf(PurchaseColumns log, int customer) => customer < 0
        ? 0
        : log.Day[log.EndBefore(customer, _asOf.DayNumber)..log.EndBefore(customer, _asOf.DayNumber + _days)].Distinct().Count();

    private double OwnRate(int i) => (_records[i].Repeats + 1) / Math.Max(1, _records[i].ObservedFor);

    private static (double Orders, double Probability) Chance(double orders) => (orders, 1 - Math.Exp(-orders));

    private EvaluationRow Row(string method, bool isBaseline, Func<int, (double Orders, double Probability)> predict, TrainingRun run)
    {
        var samples = new MetricSamples(Metrics);
        var (probabilities, ordered) = (new double[_records.Count], new bool[_records.Count]);
        for (var i = 0; i < _records.Count; i++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            (var predicted, probabilities[i]) = predict(i);
            ordered[i] = _observed[i] > 0;
            samples.Add(0, Math.Abs(predicted - _observed[i]));
            samples.Add(1, predicted);
            samples.Add(2, _observed[i]);
        }

        // Whether there is an order at all is what a probability can be held to.
        var metrics = samples.Means(run);
        metrics.Add(new MetricValue("calibration", ProbabilityMetrics.CalibrationError(probabilities, ordered), null, null, _records.Count));
        return new EvaluationRow { Method = method, IsBaseline = isBaseline, Metrics = metrics, Calibration = ProbabilityMetrics.Calibration(probabilities, ordered) };
    }
}
