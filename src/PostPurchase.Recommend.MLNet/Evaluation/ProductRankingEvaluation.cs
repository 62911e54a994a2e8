using System.Runtime.InteropServices;
using Microsoft.ML;
using PostPurchase.Recommend.Evaluation;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Scoring;

namespace PostPurchase.Recommend.MLNet.Evaluation;

/// <summary>Recall, NDCG, hit rate and coverage at k for <c>mlContext.Recommendation()</c>, whose own metrics are those of a regression.</summary>
public static class ProductRankingEvaluation
{
    /// <summary>
    /// Ranks the products of each customer's rows by score, ties in the order of the rows, and measures how the first of them meet those
    /// labelled as bought. A product of several rows counts once, by its best score.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">Scored rows of customer and product, bought and not bought; the rows of a customer in any order.</param>
    /// <param name="customerColumnName">The customers' ids: text or key.</param>
    /// <param name="productColumnName">The products' ids: text or key.</param>
    /// <param name="labelColumnName">Bought or not: Boolean, or Single with bought above zero.</param>
    /// <param name="scoreColumnName">The score: Single. NaN is an error, since it would rank anywhere.</param>
    /// <param name="count">How many places are looked at (k); at least 1.</param>
    /// <param name="ideal">The perfect list that NDCG compares with.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">A score or label is NaN, or no customer has bought anything.</exception>
    public static ProductRankingMetrics EvaluateRanking(
        this RecommendationCatalog catalog,
        IDataView data,
        string customerColumnName = "CustomerId",
        string productColumnName = "ProductId",
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        int count = 10,
        NdcgIdeal ideal = NdcgIdeal.ListLength)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var rows = ScoredRows.Read(data, customerColumnName, productColumnName, labelColumnName, scoreColumnName);
        var sums = new ProductRankingSums(count, ideal);
        HashSet<int> truth = [];
        foreach (var customer in rows.OfCustomers)
        {
            truth.Clear();
            foreach (var row in customer)
            {
                if (row.IsBought)
                    truth.Add(row.Product);
            }

            if (truth.Count == 0)
                continue;
            // A stable sort: rows of the same score stay in their order. A product of several rows stands where its best row does.
            var ranked = customer.OrderByDescending(row => row.Score).Select(row => row.Product).Distinct().Take(count).ToArray();
            sums.Add(ranked, truth);
        }

        return sums.Means(rows.Products);
    }

    /// <summary>
    /// Ranks all products for every customer, those the customer is known to have bought left out, and measures how they meet the rest.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">The factors.</param>
    /// <param name="known">What training has seen; such pairs are left out of the lists.</param>
    /// <param name="truth">What is to be found, with the same numbers of customers and products.</param>
    /// <param name="count">How many places are looked at (k); at least 1.</param>
    /// <param name="ideal">The perfect list that NDCG compares with.</param>
    /// <exception cref="ArgumentException">The model and the matrices are not of the same size.</exception>
    /// <exception cref="InvalidOperationException">No customer has anything to be found.</exception>
    public static ProductRankingMetrics EvaluateRanking(
        this RecommendationCatalog catalog,
        FactorModel model,
        InteractionMatrix known,
        InteractionMatrix truth,
        int count = 20,
        NdcgIdeal ideal = NdcgIdeal.ListLength)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        Check(model, known, nameof(known));
        Check(model, truth, nameof(truth));
        var sums = new ProductRankingSums(count, ideal);
        var eligible = new ulong[Eligibility.Words(model.ProductCount)];
        var best = new ScoredItem[Math.Min(count, model.ProductCount)];
        List<int> ranked = [];
        for (var customer = 0; customer < model.CustomerCount; customer++)
        {
            var bought = truth.ByCustomer.ColumnsOf(customer);
            if (bought.IsEmpty)
                continue;
            Eligibility.AllowAll(eligible);
            foreach (var product in known.ByCustomer.ColumnsOf(customer))
                Eligibility.Forbid(eligible, product);
            var found = model.Top(model.Customer(customer), eligible, best);
            ranked.Clear();
            for (var i = 0; i < found; i++)
                ranked.Add(best[i].Item);
            sums.Add(CollectionsMarshal.AsSpan(ranked), [.. bought]);
        }

        return sums.Means(model.ProductCount);
    }

    private static void Check(FactorModel model, InteractionMatrix matrix, string name)
    {
        if (matrix.CustomerCount != model.CustomerCount || matrix.ProductCount != model.ProductCount)
        {
            throw new ArgumentException(
                $"The matrix is {matrix.CustomerCount} x {matrix.ProductCount} and the model {model.CustomerCount} x {model.ProductCount}.", name);
        }
    }
}
