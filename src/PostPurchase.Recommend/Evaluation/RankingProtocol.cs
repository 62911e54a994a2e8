using PostPurchase.Recommend.Evaluation.Baselines;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Scoring;

namespace PostPurchase.Recommend.Evaluation;

/// <summary>
/// Ranks all products a customer does not have in training against the held-out ones, as benchmarks of matrix factorisation do:
/// repeat purchases are in neither. Recall@20 and NDCG@20 with the ideal over min(20, truth), means over the customers.
/// </summary>
/// <remarks>The split is the caller's: these benchmarks carry no dates. Immutable and safe to call from any thread.</remarks>
public sealed class RankingProtocol
{
    /// <summary>The length of the lists that are scored.</summary>
    public const int ListLength = 20;

    private const int BatchCustomers = 64;

    private static readonly string[] Metrics = ["recall@20", "ndcg@20", "phr@20", "recall@10", "ndcg@10"];

    private readonly PurchaseColumns _training;
    private readonly List<(int Customer, HashSet<int> Truth)> _questions = [];

    /// <summary>Collects the questions.</summary>
    /// <param name="training">What may be trained on.</param>
    /// <param name="heldOut">What each customer took besides.</param>
    /// <exception cref="ArgumentException">No customer of the training data has a held-out product.</exception>
    public RankingProtocol(PurchaseHistory training, PurchaseHistory heldOut)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(heldOut);
        Training = training;
        _training = training.Columns;
        var held = heldOut.Columns;
        for (var customer = 0; customer < _training.Customers.Count; customer++)
        {
            if (held.Customers.Find(_training.Customers[customer]) is not (>= 0 and var row))
                continue;
            // A product unknown to training counts as missed: it gets a number nobody can rank.
            var truth = held.Product.AsSpan(held.CustomerStart[row]..held.CustomerStart[row + 1]).ToArray()
                .Select(p => _training.Products.Find(held.Products[p]) is >= 0 and var known ? known : _training.Products.Count + p)
                .ToHashSet();
            truth.ExceptWith(Owned(customer));
            if (truth.Count > 0)
                _questions.Add((customer, truth));
        }

        if (_questions.Count == 0)
            throw new ArgumentException("No customer of the training data has a held-out product.", nameof(heldOut));
    }

    /// <summary>What may be trained on.</summary>
    public PurchaseHistory Training { get; }

    /// <summary>The number of customers with held-out products.</summary>
    public int CustomerCount => _questions.Count;

    /// <summary>Asks a factor model about every customer.</summary>
    /// <param name="method">The name of the row.</param>
    /// <param name="model">Trained on <see cref="Training"/>, customers and products numbered as in its lists of ids.</param>
    /// <param name="run">Seed of the bootstrap, threads, progress and cancellation.</param>
    /// <exception cref="ArgumentException">The model has other numbers of customers or products than the training data.</exception>
    public EvaluationRow Measure(string method, FactorModel model, TrainingRun? run = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.CustomerCount != Training.CustomerCount || model.ProductCount != Training.ProductCount)
            throw new ArgumentException("The model was not trained on this training data.", nameof(model));
        var panels = model.Panels;
        return Row(method, isBaseline: false, run ?? new TrainingRun(), (from, places) =>
        {
            var lists = places.Span;
            var vectors = new float[lists.Length * model.Factors];
            var eligible = new ulong[lists.Length * panels.Panels];
            Eligibility.AllowAll(eligible);
            for (var i = 0; i < lists.Length; i++)
            {
                var customer = _questions[from + i].Customer;
                model.Customer(customer).CopyTo(vectors.AsSpan(i * model.Factors));
                foreach (var product in Owned(customer))
                    Eligibility.Forbid(eligible.AsSpan(i * panels.Panels, panels.Panels), product);
            }

            var best = new ScoredItem[lists.Length * ListLength];
            var found = new int[lists.Length];
            TopItems.FindMany(panels, vectors, eligible, best, found);
            for (var i = 0; i < lists.Length; i++)
                lists[i] = [.. best.AsSpan(i * ListLength, found[i]).ToArray().Select(item => item.Item)];
        });
    }

    /// <summary>The baseline and the measured rows in one table.</summary>
    /// <param name="measured">Rows made by <see cref="Measure"/>.</param>
    /// <param name="run">Seed of the bootstrap, threads, progress and cancellation.</param>
    public EvaluationReport Report(IEnumerable<EvaluationRow> measured, TrainingRun? run = null)
    {
        var popularity = new ProductPopularity(_training);
        var popular = Row("most popular", isBaseline: true, run ?? new TrainingRun(), (from, places) =>
        {
            var lists = places.Span;
            for (var i = 0; i < lists.Length; i++)
            {
                var owned = Owned(_questions[from + i].Customer).ToHashSet();
                lists[i] = [.. popularity.Order.Where(product => !owned.Contains(product)).Take(ListLength)];
            }
        });
        var table = new EvaluationTable
        {
            Title = "ranking of new products",
            SampleSizes =
            [
                new("customers", _questions.Count),
                new("held-out products", _questions.Sum(question => (long)question.Truth.Count)),
                new("training pairs", _training.Rows),
                new("products", _training.Products.Count),
            ],
            Rows = [popular, .. measured],
        };
        return new EvaluationReport("ranking", [table]);
    }

    private ArraySegment<int> Owned(int customer) =>
        new(_training.Product, _training.CustomerStart[customer], _training.CustomerStart[customer + 1] - _training.CustomerStart[customer]);

    /// <summary>Fills a row; <paramref name="rank"/> receives the first question of a batch and the places of its lists.</summary>
    private EvaluationRow Row(string method, bool isBaseline, TrainingRun run, Action<int, Memory<int[]>> rank)
    {
        var lists = new int[_questions.Count][];
        ParallelRows.For(lists.Length, BatchCustomers, run, (from, until) => rank(from, lists.AsMemory(from..until)));
        var samples = new MetricSamples(Metrics);
        HashSet<int> covered = [];
        for (var i = 0; i < lists.Length; i++)
        {
            var truth = _questions[i].Truth;
            samples.Add(0, RankingMetrics.Recall<int>(lists[i], truth, 20));
            samples.Add(1, RankingMetrics.Ndcg<int>(lists[i], truth, 20, NdcgIdeal.ListLength));
            samples.Add(2, RankingMetrics.Hit<int>(lists[i], truth, 20));
            samples.Add(3, RankingMetrics.Recall<int>(lists[i], truth, 10));
            samples.Add(4, RankingMetrics.Ndcg<int>(lists[i], truth, 10, NdcgIdeal.ListLength));
            covered.UnionWith(lists[i]);
        }

        var metrics = samples.Means(run);
        metrics.Add(new MetricValue("coverage@20", (double)covered.Count / _training.Products.Count, null, null, _training.Products.Count));
        return new EvaluationRow { Method = method, IsBaseline = isBaseline, Metrics = metrics };
    }
}
