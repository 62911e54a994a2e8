using Microsoft.ML.Data;

namespace PostPurchase.Recommend.MLNet.Storage;

/// <summary>Any column that is there: a mapping must read something.</summary>
internal sealed class ModelKeySource
{
    [ColumnName(ReservedColumns.Customer)]
    public ReadOnlyMemory<char> Customer;
}
