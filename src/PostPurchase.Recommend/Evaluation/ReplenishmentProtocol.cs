using PostPurchase.Recommend.Evaluation.Baselines;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Evaluation;

/// <summary>
/// Will the customer buy the product in [as of, as of + horizon)? Asked for every customer and product bought on at least two
/// days before, the last one at most 365 days before; figures are means over the days of asking. <see cref="OfGroups"/> asks the same
/// of replenishment groups, whose products count as one.
/// </summary>
/// <remarks>Immutable and safe to call from any thread.</remarks>
public sealed class ReplenishmentProtocol
{
    private const double WindowLevel = 0.8;

    private readonly PurchaseColumns _log;
    private readonly PurchasePairs _pairs;
    private readonly ReplenishmentQueries[] _asked;
    private readonly int[] _horizons;
    private readonly IdIndex? _groups;

    /// <summary>Collects the questions and their answers.</summary>
    /// <param name="log">The log that questions and answers are taken from; reaches at least one horizon beyond the last day of asking.</param>
    /// <param name="asOf">The days of asking; at least one.</param>
    /// <param name="horizonDays">The horizons in days, each from 1 to 365; at least one.</param>
    /// <exception cref="ArgumentException">A day of asking leaves no question, or the log ends before its longest horizon does.</exception>
    public ReplenishmentProtocol(PurchaseHistory log, IReadOnlyList<DateOnly> asOf, IReadOnlyList<int> horizonDays)
        : this(Columns(log), null, asOf, horizonDays)
    {
    }

    private ReplenishmentProtocol(PurchaseColumns log, IdIndex? groups, IReadOnlyList<DateOnly> asOf, IReadOnlyList<int> horizonDays)
    {
        ArgumentNullException.ThrowIfNull(asOf);
        ArgumentNullException.ThrowIfNull(horizonDays);
        if (asOf.Count == 0 || horizonDays.Count == 0)
            throw new ArgumentException("At least one day of asking and one horizon are needed.");
        if (horizonDays.Any(days => days is < 1 or > 365))
            throw new ArgumentException($"Horizons are from 1 to 365 days, not {string.Join(", ", horizonDays)}.", nameof(horizonDays));
        foreach (var day in asOf)
        {
            if (day.DayNumber + horizonDays.Max() > log.LastDay + 1)
                throw new ArgumentException($"The log ends on {DateOnly.FromDayNumber(log.LastDay):O}, before {horizonDays.Max()} days after {day:O} have passed.", nameof(asOf));
        }

        _log = log;
        _groups = groups;
        _pairs = PurchasePairs.From(_log);
        _horizons = [.. horizonDays];
        _asked = asOf.Select(day => Ask(day.DayNumber)).ToArray();
        if (_asked.FirstOrDefault(asked => asked.Count == 0) is { } empty)
            throw new ArgumentException($"Before {DateOnly.FromDayNumber(empty.Day):O} nobody bought {(groups is null ? "a product" : "from a group")} on two days.", nameof(asOf));
    }

    /// <summary>
    /// Asks about replenishment groups instead of products: will the customer buy anything of the group in [as of, as of + horizon)? A
    /// purchase of the group is one of any of its products.
    /// </summary>
    /// <param name="log">The log that questions and answers are taken from; reaches at least one horizon beyond the last day of asking.</param>
    /// <param name="asOf">The days of asking; at least one.</param>
    /// <param name="horizonDays">The horizons in days, each from 1 to 365; at least one.</param>
    /// <exception cref="ArgumentException">
    /// The log knows neither groups nor categories, a day of asking leaves no question, or the log ends before its longest horizon does.
    /// </exception>
    public static ReplenishmentProtocol OfGroups(PurchaseHistory log, IReadOnlyList<DateOnly> asOf, IReadOnlyList<int> horizonDays)
    {
        var columns = Columns(log);
        return columns.HasFamilies
            ? new ReplenishmentProtocol(GroupColumns.Of(columns), columns.Families, asOf, horizonDays)
            : throw new ArgumentException("No product has a replenishment group or a category.", nameof(log));
    }

    /// <summary>The days of asking.</summary>
    public IReadOnlyList<DateOnly> AsOf => _asked.Select(asked => DateOnly.FromDayNumber(asked.Day)).ToArray();

    /// <summary>Asks recommenders about every pair, one for each day of asking.</summary>
    /// <param name="method">The name of the rows.</param>
    /// <param name="trainBefore">
    /// Gives a recommender that was trained on nothing dated on or after the day it is called with; a <see cref="PostPurchaseModel"/> where groups
    /// are asked about.
    /// </param>
    /// <param name="run">Threads, progress and cancellation.</param>
    /// <returns>One row for each horizon, in order.</returns>
    /// <exception cref="ArgumentException">Groups are asked about, and the recommender is no <see cref="PostPurchaseModel"/>.</exception>
    public IReadOnlyList<EvaluationRow> Measure(string method, Func<DateOnly, IRecommender> trainBefore, TrainingRun? run = null)
    {
        ArgumentNullException.ThrowIfNull(trainBefore);
        run ??= new TrainingRun();
        var scores = _horizons.Select(_ => new ReplenishmentScores()).ToArray();
        foreach (var asked in _asked)
        {
            var asOf = DateOnly.FromDayNumber(asked.Day);
            var forecasts = Forecast(trainBefore(asOf), asked, asOf, run);
            for (var h = 0; h < _horizons.Length; h++)
                scores[h].Add(forecasts.Select(forecast => forecast.ProbabilityWithin(_horizons[h])).ToArray(), asked.Happened(_horizons[h]));
            foreach (var score in scores)
                AddWindows(score, asked, forecasts);
        }

        return scores.Select(score => score.Row(method, isBaseline: false)).ToArray();
    }

    /// <summary>The baselines and the measured rows, one table for each horizon.</summary>
    /// <param name="measured">For each method the rows made by <see cref="Measure"/>.</param>
    public EvaluationReport Report(IEnumerable<IReadOnlyList<EvaluationRow>> measured)
    {
        var methods = measured.ToArray();
        IReplenishmentBaseline[] baselines =
        [
            new BaseRate(),
            new DueDateRule(),
            new PoissonGammaRate(timesRepeatRate: false),
            new PoissonGammaRate(timesRepeatRate: true),
            new GapLogisticRegression(),
            new GapBoosting(withRhythm: false),
            new GapBoosting(withRhythm: true),
        ];
        var tables = new EvaluationTable[_horizons.Length];
        for (var h = 0; h < tables.Length; h++)
        {
            var days = _horizons[h];
            var earlier = _asked.Select(asked => Ask(asked.Day - days)).ToArray();
            tables[h] = new EvaluationTable
            {
                Title = $"{days} days",
                SampleSizes =
                [
                    new("days of asking", _asked.Length),
                    new("queries", _asked.Sum(asked => (long)asked.Count)),
                    new("purchases within the horizon", _asked.Sum(asked => (long)asked.Happened(days).Count(true))),
                ],
                Rows = [.. baselines.Select(baseline => MeasureBaseline(baseline, earlier, days)), .. methods.Select(rows => rows[h])],
            };
        }

        return new EvaluationReport("replenishment", tables);
    }

    private static PurchaseColumns Columns(PurchaseHistory log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return log.Columns;
    }

    // Groups are numbered before the products that belong to none, of which nothing is asked.
    private ReplenishmentQueries Ask(int day) => new(_log, _pairs, day, _groups?.Count ?? _log.Products.Count);

    private EvaluationRow MeasureBaseline(IReplenishmentBaseline baseline, ReplenishmentQueries[] earlier, int days)
    {
        var scores = new ReplenishmentScores();
        for (var i = 0; i < _asked.Length; i++)
            scores.Add(baseline.Predict(_asked[i], earlier[i], days), _asked[i].Happened(days));
        return scores.Row(baseline.Name, isBaseline: true);
    }

    private IReadOnlyList<ReplenishmentForecast> Forecast(IRecommender recommender, ReplenishmentQueries asked, DateOnly asOf, TrainingRun run)
    {
        (string CustomerId, string ItemId) Pair(int i) => (_log.Customers[asked.Customer[i]], (_groups ?? _log.Products)[asked.Product[i]]);
        if (recommender is PostPurchaseModel model)
        {
            (string, string)[] pairs = [.. Enumerable.Range(0, asked.Count).Select(Pair)];
            return _groups is null ? model.ForecastAll(pairs, asOf, run) : model.ForecastGroups(pairs, asOf, run);
        }

        if (_groups is not null)
            throw new ArgumentException($"Only a {nameof(PostPurchaseModel)} forecasts groups, no {recommender.GetType().Name}.", nameof(recommender));
        var forecasts = new ReplenishmentForecast[asked.Count];
        ParallelRows.For(forecasts.Length, blockRows: 256, run, (from, until) =>
        {
            for (var i = from; i < until; i++)
                forecasts[i] = recommender.Forecast(Pair(i).CustomerId, Pair(i).ItemId, asOf);
        });
        return forecasts;
    }

    // A window is held to the purchases within its forecast's horizon, and only where the log reaches that far: in a shorter one late
    // purchases, those a window misses, have not been seen yet.
    private void AddWindows(ReplenishmentScores scores, ReplenishmentQueries asked, IReadOnlyList<ReplenishmentForecast> forecasts)
    {
        for (var i = 0; i < forecasts.Count; i++)
        {
            var window = forecasts[i].Window(WindowLevel);
            scores.AddPredictable(window is not null);
            var horizonEnd = asked.Day + forecasts[i].HorizonDays;
            if (window is { } given && horizonEnd <= _log.LastDay + 1 && asked.NextDay[i] < horizonEnd)
                scores.AddWindow(given, DateOnly.FromDayNumber(asked.NextDay[i]), WindowLevel);
        }
    }
}
