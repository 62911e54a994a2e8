using MathNet.Numerics.Statistics;
using PostPurchase.Recommend.Evaluation.Baselines;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Evaluation;

/// <summary>
/// When will the customer come back, whatever for? The last interval between visits of every customer with at least two is
/// held out and predicted on the visit it starts with.
/// </summary>
/// <remarks>Every visit counts as a purchase of one and the same product, <see cref="VisitProductId"/>. Immutable and safe to call from any thread.</remarks>
public sealed class CustomerLevelProtocol
{
    /// <summary>The id of the product that stands for a visit.</summary>
    public const string VisitProductId = "visit";

    private const double WindowLevel = 0.8;

    private static readonly string[] Metrics = ["mean absolute error", "predictable", "window coverage", "coverage within the horizon", "interval score"];

    private readonly PurchaseHistory _log;
    private readonly CustomerIntervals[] _questions;
    private readonly int[] _known;

    /// <summary>Collects the questions.</summary>
    /// <param name="log">The whole log; a visit is a day on which a customer bought anything.</param>
    /// <exception cref="ArgumentException">No customer has two intervals.</exception>
    public CustomerLevelProtocol(PurchaseHistory log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var all = log.Columns;
        _log = log;
        List<CustomerIntervals> questions = [];
        List<int> known = [];
        List<int> trainingDays = [];
        var start = new int[all.CustomerStart.Length];
        for (var customer = 0; customer < start.Length - 1; customer++)
        {
            var days = all.Day[all.CustomerStart[customer]..all.CustomerStart[customer + 1]].Distinct().ToArray();
            var intervals = days.Skip(1).Select((day, i) => day - days[i]).ToArray();
            if (intervals.Length >= 2)
            {
                questions.Add(new CustomerIntervals(all.Customers[customer], days[^2], intervals[..^1], intervals[^1]));
                (days, intervals) = (days[..^1], intervals[..^1]);
            }

            known.AddRange(intervals);
            trainingDays.AddRange(days);
            start[customer + 1] = trainingDays.Count;
        }

        if (questions.Count == 0)
            throw new ArgumentException("No customer has two intervals between visits.", nameof(log));
        _questions = [.. questions];
        _known = [.. known];
        var quantity = new float[trainingDays.Count];
        Array.Fill(quantity, 1);
        var columns = new PurchaseColumns(
            all.Customers, new IdIndex([VisitProductId]), start, [.. trainingDays], new int[trainingDays.Count], quantity);
        Training = new PurchaseHistory(columns, log.Report);
    }

    /// <summary>What may be trained on: visits without the held-out ones.</summary>
    public PurchaseHistory Training { get; }

    /// <summary>The number of customers asked about.</summary>
    public int CustomerCount => _questions.Length;

    /// <summary>Asks a recommender, on the day after each customer's last known visit, when the next one is due.</summary>
    /// <param name="method">The name of the row.</param>
    /// <param name="recommender">Trained on <see cref="Training"/> and on nothing else.</param>
    /// <param name="run">Seed of the bootstrap, and cancellation.</param>
    /// <remarks>Errors are taken over the customers that the recommender gives a date for; the row says how many these are.</remarks>
    public EvaluationRow Measure(string method, IRecommender recommender, TrainingRun? run = null)
    {
        ArgumentNullException.ThrowIfNull(recommender);
        run ??= new TrainingRun();
        var samples = new MetricSamples(Metrics);
        List<double> errors = [];
        foreach (var question in _questions)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            var asOf = DateOnly.FromDayNumber(question.LastKnownDay + 1);
            var forecast = recommender.Forecast(question.CustomerId, VisitProductId, asOf);
            samples.Add(1, forecast.IsPredictable ? 1 : 0);
            if (forecast.DueDate is not { } due || forecast.Window(WindowLevel) is not { } window
                || forecast.Window(WindowLevel, ReplenishmentForecast.LongestHorizonDays) is not { } someDay)
            {
                continue;
            }

            var visit = DateOnly.FromDayNumber(question.LastKnownDay + question.HeldOut);
            errors.Add(Math.Abs(due.DayNumber - visit.DayNumber));
            samples.Add(0, errors[^1]);
            // The visit is known to have come, whenever that was: so is the window's.
            samples.Add(2, someDay.Contains(visit) ? 1 : 0);
            // The usual windows are about visits within the horizon: those after it none could hold.
            if (question.HeldOut - 1 < forecast.HorizonDays)
                samples.Add(3, window.Contains(visit) ? 1 : 0);
            samples.Add(4, WindowMetrics.IntervalScore(someDay, visit, WindowLevel));
        }

        return Row(method, isBaseline: false, samples, errors, run);
    }

    /// <summary>The baselines and the measured rows in one table.</summary>
    /// <param name="measured">Rows made by <see cref="Measure"/>.</param>
    /// <param name="run">Seed of the bootstrap, and cancellation.</param>
    public EvaluationReport Report(IEnumerable<EvaluationRow> measured, TrainingRun? run = null)
    {
        run ??= new TrainingRun();
        IIntervalBaseline[] baselines =
        [
            new GlobalMedianInterval(_questions),
            new OwnMeanInterval(),
            new LastInterval(),
            new MarketingRuleInterval(_questions),
            new ShrunkLogInterval(_known),
        ];
        var table = new EvaluationTable
        {
            Title = "days to the next visit, last interval held out",
            SampleSizes = [new("customers", _questions.Length), new("known intervals", _known.Length)],
            Rows = [.. baselines.Select(baseline => MeasureBaseline(baseline, run)), .. measured],
        };
        return new EvaluationReport("customer-level", [table]);
    }

    /// <summary>Compares the customer model's expected orders with the BG/NBD family and the customer's own rate.</summary>
    /// <param name="asOf">The day of asking: models are fitted to what lies before it, and what was returned later had been bought.</param>
    /// <param name="days">The number of days asked about, from 1 to 3650; the log must reach that far.</param>
    /// <param name="run">Seed of the bootstrap, threads, progress and cancellation.</param>
    /// <exception cref="ArgumentException">Nobody bought anything before the day, or the log ends too early.</exception>
    public EvaluationTable CompareOrders(DateOnly asOf, int days, TrainingRun? run = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, 3650);
        if (asOf.DayNumber + days > _log.Columns.LastDay + 1)
            throw new ArgumentException($"The log ends on {_log.LastDay:O}, before {days} days after {asOf:O} have passed.", nameof(asOf));
        return new OrdersAhead(_log, asOf, days).Compare(run ?? new TrainingRun());
    }

    private EvaluationRow MeasureBaseline(IIntervalBaseline baseline, TrainingRun run)
    {
        var samples = new MetricSamples(Metrics);
        List<double> errors = [];
        foreach (var question in _questions)
        {
            errors.Add(Math.Abs(baseline.Predict(question) - question.HeldOut));
            samples.Add(0, errors[^1]);
        }

        return Row(baseline.Name, isBaseline: true, samples, errors, run);
    }

    private static EvaluationRow Row(string method, bool isBaseline, MetricSamples samples, List<double> errors, TrainingRun run)
    {
        var metrics = samples.Means(run);
        if (errors.Count > 0)
            metrics.Insert(1, new MetricValue("median absolute error", errors.Median(), null, null, errors.Count));
        return new EvaluationRow { Method = method, IsBaseline = isBaseline, Metrics = metrics };
    }
}
