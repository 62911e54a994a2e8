using Microsoft.ML.Data;
using PostPurchase.Recommend.MLNet.Storage;

namespace PostPurchase.Recommend.MLNet.Replenishment;

/// <summary>One row to be forecast by a model that was loaded: the row brings the model along.</summary>
internal sealed class StoredReplenishmentQuestion : ReplenishmentQuestion
{
    [ColumnName(ReservedColumns.Model)]
    public ReadOnlyMemory<char> Model;
}
