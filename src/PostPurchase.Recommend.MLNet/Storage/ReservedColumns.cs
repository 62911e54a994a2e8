namespace PostPurchase.Recommend.MLNet.Storage;

/// <summary>
/// Columns that a saved transformer adds on the way and drops at its end: ML.NET stores a mapping without the names of its columns, so
/// the caller's columns are copied to fixed names first.
/// </summary>
internal static class ReservedColumns
{
    public const string Customer = "PostPurchase.Customer";
    public const string Product = "PostPurchase.Product";
    public const string Time = "PostPurchase.Time";
    public const string Key = "PostPurchase.Key";
    public const string Model = "PostPurchase.Model";
}
