using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.PublicTests.Contract;

/// <summary>A small log of any kind that reading accepts: few customers or many, one day or decades, odd ids, quantities, prices, deliveries and returns.</summary>
internal static class AnyLog
{
    // Forty years at most.
    private static readonly int[] Spans = [1, 2, 7, 40, 400, 14_600];
    private static readonly double[] Quantities = [1, 1, 1, 2, 0.001, 1e6, -1, 0];
    private static readonly double?[] Prices = [null, 0, 0.01, 5, 1e9];
    // The last of them is as late as the longest log allows.
    private static readonly DateTime[] Starts = [new(2024, 2, 29), new(1, 1, 1), new(1969, 12, 25), new(9958, 6, 1)];

    /// <summary>What a shop says of the products of <see cref="Draw"/>: of some logs groups, of others nothing.</summary>
    public static ProductCatalog? Catalog(int seed) => seed % 3 > 0
        ? null
        : new ProductCatalog(Enumerable.Range(0, 15).Select(p => new CatalogProduct(Product(p), null)
        {
            ReplenishmentGroup = (p % 5) switch { 0 => null, 1 => Product(0), _ => $"group {p % 5}" },
            ConsumableIds = p == 1 ? [Product(2), Product(3)] : [],
        }));

    private static string Product(int number) => $"p{number}\u00A0{number % 2}";

    public static List<OrderLine> Draw(int seed, bool atEdges = true)
    {
        var random = new Random(seed);
        T Of<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
        var (customers, products, span) = (1 + random.Next(Of([1, 3, 12, 40])), 1 + random.Next(Of([1, 4, 15])), Of(Spans));
        var (hasPrices, hasDeliveries, hasCategories, hasEvents, hasReturns) =
            (random.Next(2) == 0, random.Next(2) == 0, random.Next(2) == 0, random.Next(3) == 0, random.Next(2) == 0);
        // Some logs come in a clock's rhythm, some are numbered baskets, and some are mere chance.
        var kind = random.Next(3);
        var start = atEdges ? Of(Starts) : Starts[0];
        // A log without a purchase is none, which other tests tell.
        List<OrderLine> lines = [new OrderLine("käufer 0", "p0", start)];
        for (var c = 0; c < customers; c++)
        {
            var many = random.Next(Of([1, 4, 30])) + 1;
            var gap = 1 + random.Next(Math.Max(1, span / many));
            for (var i = 0; i < many; i++)
            {
                var day = kind switch { 0 => random.Next(span), 1 => Math.Min(span - 1, i * gap), _ => i % span };
                for (var p = 0; p <= random.Next(3); p++)
                {
                    var product = random.Next(products);
                    var placed = start.AddDays(day).AddMinutes(random.Next(1440));
                    var quantity = Of(Quantities);
                    lines.Add(new OrderLine($"käufer {c}, \"{c % 3}\"", Product(product), placed)
                    {
                        Quantity = hasReturns || quantity > 0 ? quantity : 1,
                        UnitPrice = hasPrices ? Of(Prices) : null,
                        DeliveredAt = hasDeliveries && random.Next(3) > 0 ? placed.AddDays(random.Next(20)) : null,
                        Category = hasCategories && product % 4 > 0 ? $"category {product % 4}" : null,
                        OrderId = random.Next(2) == 0 ? null : $"{c}/{i}",
                        Kind = hasEvents ? Of([InteractionKind.Purchase, InteractionKind.Purchase, InteractionKind.View, InteractionKind.Cart, InteractionKind.WishList]) : InteractionKind.Purchase,
                    });
                }
            }
        }

        return lines;
    }
}
