using PostPurchase.Recommend.Evaluation.Baselines;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Evaluation;

/// <summary>
/// What will this customer buy at the next visit? Every customer's held-out basket against a list of 20 products, repeat
/// purchases included in both.
/// </summary>
/// <remarks>
/// The split is one in time: a customer's purchases on or after the day of the held-out basket are in no training history, and a product
/// known from such purchases alone is not even known by name. The figure <c>coverage@10</c> is the share of all products of
/// <see cref="Training"/>, bought or only looked at, that are among the first ten of at least one customer's list.
/// Immutable and safe to call from any thread.
/// </remarks>
public sealed class NextBasketProtocol
{
    /// <summary>The length of the lists that are asked for.</summary>
    public const int ListLength = 20;

    private const int CoverageLength = 10;

    private readonly PurchaseColumns _training;
    private readonly NextBasketQuestion[] _questions;

    private NextBasketProtocol(PurchaseHistory training, NextBasketQuestion[] questions)
    {
        if (questions.Length == 0)
            throw new ArgumentException("No customer has a held-out basket.", nameof(questions));
        Training = training;
        _training = training.Columns;
        _questions = questions;
    }

    /// <summary>What may be trained on.</summary>
    public PurchaseHistory Training { get; }

    /// <summary>The number of customers whose basket is held out.</summary>
    public int CustomerCount => _questions.Length;

    /// <summary>Takes the held-out baskets from a file of their own.</summary>
    /// <param name="history">What is known; of a tested customer only what lies before the day of asking is used, and what was returned later had been bought.</param>
    /// <param name="truth">The held-out baskets; lines before the day of asking are not looked at.</param>
    /// <param name="asOf">The day of asking for every tested customer.</param>
    /// <exception cref="ArgumentException">No customer has a held-out basket, or one has two days of asking: ids that differ by white space around them are one.</exception>
    public static NextBasketProtocol FromHeldOut(
        PurchaseHistory history, PurchaseHistory truth, IReadOnlyDictionary<string, DateOnly> asOf)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(asOf);
        var days = ByCustomer(asOf);
        var known = HistoryAsOf.Before(history, days);
        var (training, held) = (known.Columns, truth.Columns);
        // Truth products that nobody bought before can be hit by nobody, but they count as missed.
        var product = new int[held.Products.Count];
        for (var p = 0; p < product.Length; p++)
            product[p] = training.Products.Find(held.Products[p]) is >= 0 and var number ? number : training.Products.Count + p;

        List<NextBasketQuestion> questions = [];
        foreach (var (customerId, day) in days.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var inTruth = held.Customers.Find(customerId);
            if (inTruth < 0)
                continue;
            var from = held.EndBefore(inTruth, day.DayNumber);
            var basket = held.Product[from..held.CustomerStart[inTruth + 1]].Select(p => product[p]).ToHashSet();
            if (basket.Count > 0)
                questions.Add(Ask(training, customerId, day, basket));
        }

        return new NextBasketProtocol(known, [.. questions]);
    }

    /// <summary>Holds out the last basket of every customer with at least two, as baskets were at the end of their day: what came back later is in them.</summary>
    /// <param name="log">The whole log.</param>
    /// <exception cref="ArgumentException">No customer has two baskets.</exception>
    public static NextBasketProtocol HoldOutLastBasket(PurchaseHistory log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var sold = HistoryAsOf.AsSold(log);
        var all = sold.Columns;
        Dictionary<string, DateOnly> lastDay = [];
        for (var customer = 0; customer < sold.CustomerCount; customer++)
        {
            var (start, end) = (all.CustomerStart[customer], all.CustomerStart[customer + 1]);
            if (end > start && all.Day[start] < all.Day[end - 1])
                lastDay.Add(all.Customers[customer], DateOnly.FromDayNumber(all.Day[end - 1]));
        }

        return FromHeldOut(log, sold, lastDay);
    }

    /// <summary>Asks a recommender about every held-out basket.</summary>
    /// <param name="method">The name of the row.</param>
    /// <param name="recommender">Trained on <see cref="Training"/> and on nothing else.</param>
    /// <param name="run">Seed of the bootstrap, threads, progress and cancellation.</param>
    public EvaluationRow Measure(string method, IRecommender recommender, TrainingRun? run = null)
    {
        ArgumentNullException.ThrowIfNull(recommender);
        return Measure(method, recommender.Recommend, run ?? new TrainingRun());
    }

    internal EvaluationRow Measure(string method, Func<RecommendationQuery, RecommendationList> recommend, TrainingRun run)
    {
        var answers = new IReadOnlyList<Recommendation>[_questions.Length];
        var lists = Collect(method, run, (index, question) =>
        {
            var query = new RecommendationQuery { CustomerId = question.CustomerId, AsOf = question.AsOf, Count = ListLength };
            answers[index] = recommend(query).Items;
            // A product that training does not know is a miss, whatever its number.
            return answers[index].Select(item => _training.Products.Find(item.ProductId)).ToArray();
        });
        List<double> predicted = [];
        List<bool> bought = [];
        for (var i = 0; i < lists.Length; i++)
        {
            for (var place = 0; place < lists[i].Length; place++)
            {
                predicted.Add(answers[i][place].Probability);
                bought.Add(_questions[i].Truth.Contains(lists[i][place]));
            }
        }

        var row = Row(method, isBaseline: false, lists, run);
        if (predicted.Count == 0)
            return row;
        var (p, happened) = (predicted.ToArray(), bought.ToArray());
        return row with
        {
            Metrics = [.. row.Metrics, new MetricValue("calibration", ProbabilityMetrics.CalibrationError(p, happened), null, null, p.Length)],
            Calibration = ProbabilityMetrics.Calibration(p, happened),
        };
    }

    /// <summary>The baselines and the measured rows in one table.</summary>
    /// <param name="measured">Rows made by <see cref="Measure(string, IRecommender, TrainingRun?)"/>.</param>
    /// <param name="run">Seed of the bootstrap, threads, progress and cancellation.</param>
    public EvaluationReport Report(IEnumerable<EvaluationRow> measured, TrainingRun? run = null)
    {
        run ??= new TrainingRun();
        var popularity = new ProductPopularity(_training);
        INextBasketBaseline[] baselines =
        [
            new GlobalTopFrequency(popularity),
            new PersonalTopFrequency(_training, popularity, fillWithPopular: false),
            new PersonalTopFrequency(_training, popularity, fillWithPopular: true),
            new TifuKnn(_training, popularity, TifuKnnSettings.ManyGroups),
            new TifuKnn(_training, popularity, TifuKnnSettings.FewGroups),
        ];
        var rows = baselines.Select(baseline => MeasureBaseline(baseline, popularity, run)).Concat(measured).ToArray();
        var table = new EvaluationTable
        {
            Title = "next basket",
            SampleSizes =
            [
                new("customers", _questions.Length),
                new("held-out products", _questions.Sum(q => (long)q.Truth.Count)),
                new("customers with repeats", _questions.Count(q => q.Repeats.Count > 0)),
                new("customers with new products", _questions.Count(q => q.Repeats.Count < q.Truth.Count)),
                new("training purchases", _training.Rows),
                new("products", _training.Products.Count),
            ],
            Rows = rows,
        };
        return new EvaluationReport("next-basket", [table]);
    }

    private EvaluationRow MeasureBaseline(INextBasketBaseline baseline, ProductPopularity popularity, TrainingRun run)
    {
        var lists = Collect(baseline.Name, run, (_, question) =>
        {
            var products = new int[ListLength];
            var held = question.Customer >= 0 ? baseline.Rank(question.Customer, products) : popularity.Fill(products, 0);
            return products[..held];
        });
        return Row(baseline.Name, isBaseline: true, lists, run);
    }

    private int[][] Collect(string method, TrainingRun run, Func<int, NextBasketQuestion, int[]> rank)
    {
        var lists = new int[_questions.Length][];
        var done = 0;
        ParallelRows.For(_questions.Length, blockRows: 64, run, (from, until) =>
        {
            for (var i = from; i < until; i++)
                lists[i] = rank(i, _questions[i]);
            run.Report(method, (double)Interlocked.Add(ref done, until - from) / lists.Length);
        });
        return lists;
    }

    private EvaluationRow Row(string method, bool isBaseline, int[][] lists, TrainingRun run)
    {
        var samples = new MetricSamples(NextBasketQuestion.Metrics);
        HashSet<int> covered = [];
        for (var i = 0; i < lists.Length; i++)
        {
            _questions[i].Score(lists[i], samples);
            covered.UnionWith(lists[i].Take(CoverageLength).Where(product => product >= 0));
        }

        var metrics = samples.Means(run);
        // Products that were only looked at can be listed, too, so they count on both sides.
        var products = _training.Products.Count;
        metrics.Add(new MetricValue("coverage@10", (double)covered.Count / Math.Max(1, products), null, null, products));
        return new EvaluationRow { Method = method, IsBaseline = isBaseline, Metrics = metrics };
    }

    // Ids as those of logs are.
    private static Dictionary<string, DateOnly> ByCustomer(IReadOnlyDictionary<string, DateOnly> asOf)
    {
        Dictionary<string, DateOnly> days = new(asOf.Count, StringComparer.Ordinal);
        foreach (var (customerId, day) in asOf)
        {
            if (!days.TryAdd(customerId.Trim(), day))
                throw new ArgumentException($"Customer '{customerId.Trim()}' has two days of asking.", nameof(asOf));
        }

        return days;
    }

    private static NextBasketQuestion Ask(PurchaseColumns training, string customerId, DateOnly asOf, HashSet<int> truth)
    {
        var customer = training.Customers.Find(customerId);
        HashSet<int> repeats = [];
        if (customer >= 0)
        {
            repeats = training.Product[training.CustomerStart[customer]..training.CustomerStart[customer + 1]].ToHashSet();
            repeats.IntersectWith(truth);
        }

        return new NextBasketQuestion(customerId, customer, asOf, truth, repeats);
    }
}
