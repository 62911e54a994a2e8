using Microsoft.ML.Data;
using PostPurchase.Recommend.MLNet.Storage;

namespace PostPurchase.Recommend.MLNet.Factorization;

/// <summary>One row to be scored. ML.NET keeps one instance for a cursor, so what the cursor may use again lives here too.</summary>
internal class FactorQuestion
{
    [ColumnName(ReservedColumns.Customer)]
    public ReadOnlyMemory<char> Customer;

    [ColumnName(ReservedColumns.Product)]
    public ReadOnlyMemory<char> Product;

    /// <summary>The customer whose scores of all products stand in <see cref="Scores"/>, or -1.</summary>
    internal int ScoredCustomer = -1;

    internal float[] Scores = [];
}
