using System.Runtime.CompilerServices;
using PostPurchase.Recommend.Complements;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend;

/// <summary>
/// A trained model: what each customer will want next, when, and how sure we are. It holds all it needs to answer,
/// the history included.
/// </summary>
/// <remarks>Immutable; safe to call from any number of threads, and meant to be shared by all of them.</remarks>
public sealed partial class PostPurchaseModel : IRecommender
{
    private const int DueCustomersAtOnce = 1024;
    private readonly PurchaseColumns _columns;
    private readonly ReplenishmentModel _replenishment;
    private readonly GroupForecasts? _groups;
    private readonly ProductForecasts _forecasts;
    private readonly ComplementModel _complements;
    private readonly RankingModel _ranking;
    private readonly Lazy<PurchasePairs> _pairs;

    internal PostPurchaseModel(
        PurchaseColumns columns, ReplenishmentModel replenishment, ReplenishmentModel? groups, ComplementModel complements, RankingModel ranking)
    {
        _columns = columns;
        _replenishment = replenishment;
        _groups = groups is null ? null : new GroupForecasts(columns, groups, replenishment);
        _forecasts = new ProductForecasts(columns, replenishment, _groups);
        _complements = complements;
        _ranking = ranking;
        // Only the nightly feed needs them.
        _pairs = new Lazy<PurchasePairs>(() => PurchasePairs.From(columns));
    }

    /// <summary>The ids of the customers the model knows, in ordinal order.</summary>
    public IReadOnlyList<string> CustomerIds => _columns.Customers.List;

    /// <summary>The ids of the products the model knows, in ordinal order.</summary>
    public IReadOnlyList<string> ProductIds => _columns.Products.List;

    /// <summary>The day of the first purchase the model was trained on.</summary>
    public DateOnly FirstDay => DateOnly.FromDayNumber(_columns.FirstDay);

    /// <summary>The day of the last purchase the model was trained on.</summary>
    public DateOnly LastDay => DateOnly.FromDayNumber(_columns.LastDay);

    /// <inheritdoc/>
    public RecommendationList Recommend(RecommendationQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.Validate();
        return _ranking.Recommend(query);
    }

    /// <summary>Answers many questions at once, on several threads; each answer equals that of <see cref="Recommend"/>.</summary>
    /// <param name="queries">The questions.</param>
    /// <param name="run">Threads and cancellation; the defaults when <see langword="null"/>.</param>
    /// <returns>The answers in the order of the questions.</returns>
    /// <exception cref="InvalidOptionsException">A query is invalid; the message lists every error of it. Or the run asks for no thread at all.</exception>
    /// <exception cref="ArgumentException">A query is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">The run's token was cancelled.</exception>
    public IReadOnlyList<RecommendationList> RecommendAll(IReadOnlyList<RecommendationQuery> queries, TrainingRun? run = null)
    {
        ArgumentNullException.ThrowIfNull(queries);
        run ??= new TrainingRun();
        run.Validate();
        for (var i = 0; i < queries.Count; i++)
            (queries[i] ?? throw new ArgumentException($"Query {i} is missing.", nameof(queries))).Validate();
        var answers = new RecommendationList[queries.Count];
        ParallelRows.For(queries.Count, 16, run, (from, until) =>
        {
            for (var i = from; i < until; i++)
                answers[i] = _ranking.Recommend(queries[i]);
        });
        return answers;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<DuePurchase> DueAsync(DueQuery query, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.Validate();
        // All work is done off the caller's thread, so that a feed does not hold up a request while it computes.
        var feed = await Task.Run(() => new DueFeed(_forecasts, _columns, _pairs.Value, query), cancellation).ConfigureAwait(false);
        for (var from = 0; from < _columns.Customers.Count; from += DueCustomersAtOnce)
        {
            var until = Math.Min(_columns.Customers.Count, from + DueCustomersAtOnce);
            var first = from;
            var due = await Task.Run(() => feed.Find(first, until, cancellation), cancellation).ConfigureAwait(false);
            string? customer = null;
            foreach (var purchase in due)
            {
                if (purchase.CustomerId != customer)
                    cancellation.ThrowIfCancellationRequested();
                customer = purchase.CustomerId;
                yield return purchase;
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Complement> GoesWith(ComplementQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.Validate();
        return _complements.GoesWith(_columns, query);
    }
}
