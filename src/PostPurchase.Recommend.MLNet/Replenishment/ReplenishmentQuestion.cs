using Microsoft.ML.Data;
using PostPurchase.Recommend.MLNet.Storage;

namespace PostPurchase.Recommend.MLNet.Replenishment;

/// <summary>One row to be forecast.</summary>
internal class ReplenishmentQuestion
{
    [ColumnName(ReservedColumns.Customer)]
    public ReadOnlyMemory<char> Customer;

    [ColumnName(ReservedColumns.Product)]
    public ReadOnlyMemory<char> Product;

    [ColumnName(ReservedColumns.Time)]
    public DateTime Time;
}
