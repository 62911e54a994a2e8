namespace PostPurchase.Recommend.Tool.Input;

/// <summary>Which customers and products to ask about: <c>customer_id,product_id</c>.</summary>
internal static class PairsFile
{
    /// <summary>The pairs in the order of the file.</summary>
    public static List<(string CustomerId, string ProductId)> Read(string path)
    {
        List<(string, string)> pairs = [];
        CsvRows.Read(path, [CsvColumn.Customer, CsvColumn.Product], fields =>
        {
            pairs.Add((fields[0], fields[1]));
            return null;
        });
        return pairs;
    }
}
