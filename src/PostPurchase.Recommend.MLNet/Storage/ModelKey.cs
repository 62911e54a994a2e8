using Microsoft.ML.Data;

namespace PostPurchase.Recommend.MLNet.Storage;

/// <summary>The key under which the table of one text holds the model: the same for every row.</summary>
internal sealed class ModelKey
{
    public const int TheOne = 1;

    [ColumnName(ReservedColumns.Key)]
    public int Key;
}
