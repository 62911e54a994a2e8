using Microsoft.ML.Data;
using PostPurchase.Recommend.MLNet.Storage;

namespace PostPurchase.Recommend.MLNet.Factorization;

/// <summary>One row to be scored by a model that was loaded: the row brings the model along.</summary>
internal sealed class StoredFactorQuestion : FactorQuestion
{
    [ColumnName(ReservedColumns.Model)]
    public ReadOnlyMemory<char> Model;

    internal FactorScorer Scorer => FactorScorer.FromText(Model);
}
