using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tool.Input;

/// <summary>A column that is looked for by name.</summary>
/// <param name="IsRequired">Whether a file without it is refused.</param>
/// <param name="Names">Its names, the usual one first; upper and lower case are the same.</param>
internal sealed record CsvColumn(bool IsRequired, params string[] Names)
{
    public static CsvColumn Customer { get; } = new(true, "customer_id", "user_id");

    public static CsvColumn Category { get; } = new(false, "category");

    public static CsvColumn PackSize { get; } = new(false, "pack_size");

    public static CsvColumn Consumables { get; } = new(false, "consumable_ids");

    public static CsvColumn ReplenishmentGroup { get; } = new(true, "replenishment_group");

    public static CsvColumn Product { get; } = new(true, "product_id", "item_id");

    public static CsvColumn AsOf { get; } = new(false, "as_of");

    /// <summary>Whether an empty field is as good as any; else only those of optional columns are.</summary>
    public bool MayBeEmpty { get; init; } = !IsRequired;

    /// <summary>The column's place in the header, or -1 for an optional one that is missing.</summary>
    public int Find(string[] headers, string path)
    {
        foreach (var name in Names)
        {
            var place = Array.FindIndex(headers, IsNamed);
            if (place >= 0)
                return place == Array.FindLastIndex(headers, IsNamed) ? place : throw new MalformedInputException(path, 1, $"column '{name}' appears twice");

            bool IsNamed(string header) => string.Equals(header.Trim(), name, StringComparison.OrdinalIgnoreCase);
        }

        return IsRequired ? throw new MalformedInputException(path, 1, $"there is no column {string.Join(" or ", Names)}") : -1;
    }
}
