using PostPurchase.Samples;

namespace PostPurchase.Recommend.MLNet.Tests;

/// <summary>Small data whose right answers are known.</summary>
internal static class Shop
{
    public static readonly string[] Ids = [.. Enumerable.Range(0, 24).Select(i => $"{i:00}")];

    /// <summary>Even customers buy even products, odd ones odd products, but each leaves out the product of its own number.</summary>
    public static List<Purchase> Checkerboard() =>
    [
        .. from customer in Enumerable.Range(0, Ids.Length)
           from product in Enumerable.Range(0, Ids.Length)
           where (customer + product) % 2 == 0 && customer != product
           select new Purchase { CustomerId = Ids[customer], ProductId = Ids[product], Label = 1 },
    ];

    /// <summary>Some hundred customers of the simulated store over a year.</summary>
    public static List<Purchase> Simulated(int customers = 150) =>
    [
        .. SimulatedStore.Create(new SimulatedStoreOptions { Customers = customers }).Lines
            .Where(line => line.CustomerId.Length > 0)
            .Select(line => new Purchase { CustomerId = line.CustomerId, ProductId = line.ProductId, Time = line.PlacedAt, Quantity = (float)line.Quantity }),
    ];

    /// <summary>Every pair of the given ids, asked for as of a day.</summary>
    public static List<Purchase> Questions(IEnumerable<string> customers, IEnumerable<string> products, DateTime asOf = default) =>
        [.. from customer in customers from product in products select new Purchase { CustomerId = customer, ProductId = product, Time = asOf }];
}
