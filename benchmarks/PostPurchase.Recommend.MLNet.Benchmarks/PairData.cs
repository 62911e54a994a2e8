using System.Globalization;
using System.IO.Compression;
using PostPurchase.Recommend.Factorization;

namespace PostPurchase.Recommend.MLNet.Benchmarks;

/// <summary>Pairs to train on and pairs to be found.</summary>
internal sealed record PairData(
    string Name, InteractionMatrix Known, InteractionMatrix Truth, IReadOnlyCollection<(int Customer, int Product)> KnownPairs)
{
    /// <summary>The public LightGCN split of the Gowalla check-ins.</summary>
    public static PairData Gowalla(string logs)
    {
        var (users, items) = (new Dictionary<string, int>(), new Dictionary<string, int>());
        var train = Read(Path.Combine(logs, "gowalla", "train.csv.gz"), users, items);
        var test = Read(Path.Combine(logs, "gowalla", "test.csv.gz"), users, items);
        return new PairData("Gowalla", Matrix(users.Count, items.Count, train), Matrix(users.Count, items.Count, test), train);
    }

    /// <summary>
    /// A million pairs of 50,000 customers and 20,000 products: every customer has three tastes of forty, buys nine times in ten
    /// within them, and popular products more often; of every customer's pairs a tenth is held out.
    /// </summary>
    public static PairData Simulated()
    {
        const int customers = 50_000, products = 20_000, tastes = 40, pairs = 1_000_000;
        var random = new Random(20261121);
        HashSet<(int Customer, int Product)> train = [], test = [];
        while (train.Count < pairs)
        {
            var customer = random.Next(customers);
            // The customer's own tastes, the same at every visit.
            var taste = ((customer * 31) + (random.Next(3) * 7 * ((customer % 5) + 1))) % tastes;
            var place = (int)(Math.Pow(random.NextDouble(), 3) * products / tastes);
            var product = random.Next(10) > 0 ? (place * tastes) + taste : (int)(Math.Pow(random.NextDouble(), 3) * products);
            if (!train.Contains((customer, product)) && !test.Contains((customer, product)))
                (random.Next(10) > 0 ? train : test).Add((customer, product));
        }

        return new PairData("1 M simulated pairs", Matrix(customers, products, train), Matrix(customers, products, test), train);
    }

    private static List<(int Customer, int Product)> Read(string path, Dictionary<string, int> users, Dictionary<string, int> items)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        _ = reader.ReadLine();
        List<(int, int)> pairs = [];
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            pairs.Add((NumberOf(cells[0], users), NumberOf(cells[1], items)));
        }

        return pairs;
    }

    private static int NumberOf(string id, Dictionary<string, int> numbers)
    {
        if (!numbers.TryGetValue(id, out var number))
            numbers.Add(id, number = numbers.Count);
        return number;
    }

    private static InteractionMatrix Matrix(int customers, int products, IReadOnlyCollection<(int Customer, int Product)> pairs) =>
        InteractionMatrix.FromTriples(customers, products, [.. pairs.Select(p => p.Customer)], [.. pairs.Select(p => p.Product)]);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name} ({Known.PairCount:N0} pairs, {Known.CustomerCount:N0} x {Known.ProductCount:N0})");
}
