using System.Globalization;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tool.Input;

/// <summary>What is known of the products beside the log: <c>product_id[,category][,pack_size][,consumable_ids][,replenishment_group]</c>.</summary>
internal static class CatalogFile
{
    private const char BetweenIds = '|';
    private const double LeastPackSize = 1e-6;
    private const double LargestPackSize = 1e9;

    public static ProductCatalog Read(string path)
    {
        Dictionary<string, CatalogProduct> products = new(StringComparer.Ordinal);
        CsvRows.Read(path, [CsvColumn.Product, CsvColumn.Category, CsvColumn.PackSize, CsvColumn.Consumables, CsvColumn.ReplenishmentGroup with { IsRequired = false, MayBeEmpty = true }], fields =>
        {
            var packSize = 1.0;
            if (fields[2].Length > 0
                && !(double.TryParse(fields[2], NumberStyles.Float, CultureInfo.InvariantCulture, out packSize) && packSize is >= LeastPackSize and <= LargestPackSize))
            {
                return $"pack_size '{fields[2]}' is no number from 0.000001 to 1000000000";
            }

            var product = new CatalogProduct(fields[0], fields[1].Length == 0 ? null : fields[1])
            {
                PackSize = packSize,
                ReplenishmentGroup = fields[4].Length == 0 ? null : fields[4],
                ConsumableIds = fields[3].Split(BetweenIds, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            };
            return products.TryAdd(product.ProductId, product) ? null : $"product '{fields[0]}' is there twice";
        });
        return new ProductCatalog(products.Values);
    }
}
