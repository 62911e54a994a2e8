using Microsoft.ML;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.MLNet.Storage;
using PostPurchase.Recommend.Scoring;

namespace PostPurchase.Recommend.MLNet.Factorization;

/// <summary>
/// Scores pairs of customer and product by a factor model. Adds the columns <c>Score</c> (Single; near 1 for sure, near 0 for
/// unlikely), <c>IsKnown</c> (Boolean; false, with a score of zero, when the customer or the product was not there in training) and
/// <c>Rank</c> (Int32; the product's place among all products for the customer, 1 for the best, 0 when not known).
/// </summary>
/// <remarks>
/// Immutable and safe to use from any number of threads. <c>Rank</c> costs one look at every product for each run of rows of the same
/// customer, and only where it is read. A transformer that was loaded from a file is a chain of ML.NET's own type with the same answers;
/// <see cref="PostPurchaseCatalog.Factors"/> makes it one of this type again.
/// </remarks>
public sealed class FactorTransformer : SavableTransformer
{
    internal FactorTransformer(MLContext mlContext, FactorScorer scorer)
        : base(mlContext) => Scorer = scorer;

    /// <summary>The trained factors; row i belongs to place i of <see cref="CustomerIds"/> and <see cref="ProductIds"/>.</summary>
    public FactorModel Model => Scorer.Model;

    /// <summary>The customers' ids in ordinal order.</summary>
    public IReadOnlyList<string> CustomerIds => Scorer.Customers.Ids.List;

    /// <summary>The products' ids in ordinal order.</summary>
    public IReadOnlyList<string> ProductIds => Scorer.Products.Ids.List;

    internal FactorScorer Scorer { get; }

    /// <summary>The products with the highest scores for a customer, best first, ties by id: one exact scan of all products.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="count">How many products are wanted; zero or more.</param>
    /// <param name="exclude">Products that must not be returned; unknown ones are ignored.</param>
    /// <returns>The products; empty when the customer is unknown.</returns>
    public IReadOnlyList<ScoredProduct> Top(string customerId, int count, IEnumerable<string>? exclude = null)
    {
        ArgumentNullException.ThrowIfNull(customerId);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var customer = Scorer.Customers.Find(customerId.AsMemory(), "customer", UnknownIds.Answer);
        if (customer < 0)
            return [];
        ulong[] eligible = [];
        if (exclude is not null)
        {
            eligible = new ulong[Eligibility.Words(Model.ProductCount)];
            Eligibility.AllowAll(eligible);
            foreach (var id in exclude)
            {
                if (Scorer.Products.Find(id.AsMemory(), "product", UnknownIds.Answer) is var product and >= 0)
                    Eligibility.Forbid(eligible, product);
            }
        }

        var best = new ScoredItem[Math.Min(count, Model.ProductCount)];
        var found = Model.Top(Model.Customer(customer), eligible, best);
        var top = new ScoredProduct[found];
        for (var i = 0; i < found; i++)
            top[i] = new ScoredProduct(ProductIds[best[i].Item], best[i].Score);
        return top;
    }

    private protected override ITransformer CreateAnswers()
    {
        var rows = FactorMappings.Rows(Scorer.Columns);
        return Context.Transforms.CustomMapping<FactorQuestion, FactorScore>(Scorer.Score, contractName: null, rows)
            .Append(Context.Transforms.CustomMapping<FactorQuestion, FactorRank>(Scorer.Rank, contractName: null, rows))
            .Fit(Context.Data.LoadFromEnumerable<FactorQuestion>([], rows));
    }

    private protected override ITransformer CreateSaved() => Chain(
        Context.Data.LoadFromEnumerable<FactorQuestion>([], FactorMappings.Rows(Scorer.Columns)),
        [(ReservedColumns.Customer, Scorer.Columns.Customer), (ReservedColumns.Product, Scorer.Columns.Product)],
        Scorer.ToText(),
        Context.Transforms.CustomMapping<StoredFactorQuestion, FactorScore>(FactorScoreFactory.Map, FactorScoreFactory.Contract)
            .Append(Context.Transforms.CustomMapping<StoredFactorQuestion, FactorRank>(FactorRankFactory.Map, FactorRankFactory.Contract)));
}
