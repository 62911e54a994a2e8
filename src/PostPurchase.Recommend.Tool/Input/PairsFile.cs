namespace PostPurchase.Recommend.Tool.Input;

/// <summary>Which customers to ask about, and what: <c>customer_id</c> and one more column.</summary>
internal static class PairsFile
{
    /// <summary>The customers and products of <c>customer_id,product_id</c>, in the order of the file.</summary>
    public static List<(string CustomerId, string ProductId)> Read(string path) => Read(path, CsvColumn.Product);

    /// <summary>The customers and groups of <c>customer_id,replenishment_group</c>, in the order of the file.</summary>
    public static List<(string CustomerId, string Group)> ReadGroups(string path) => Read(path, CsvColumn.ReplenishmentGroup);

    private static List<(string, string)> Read(string path, CsvColumn about)
    {
        List<(string, string)> pairs = [];
        CsvRows.Read(path, [CsvColumn.Customer, about], fields =>
        {
            pairs.Add((fields[0], fields[1]));
            return null;
        });
        return pairs;
    }
}
