using System.Globalization;
using System.Text.Json.Nodes;
using PostPurchase.Samples;

namespace PostPurchase.Recommend.Tool.Tests;

/// <summary>A small simulated store and the model that <c>train</c> made of it, shared by tests that only read them.</summary>
public sealed class TrainedStore : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Log => _folder["log.csv"];

    public string Model => _folder["model"];

    public string[] Lines { get; private set; } = [];

    public JsonNode TrainReport { get; private set; } = new JsonObject();

    public string AsOf { get; } = "2025-01-01";

    public string EarlierAsOf { get; } = "2024-10-01";

    public IReadOnlyList<string> Customers =>
        Lines.Skip(1).Select(line => line.Split(',')[0]).Where(id => id.Length > 0).Distinct().ToArray();

    public IEnumerable<(string Customer, string Product)> Pairs =>
        Lines.Skip(1).Select(line => line.Split(',')).Where(fields => fields[0].Length > 0).Select(fields => (fields[0], fields[1])).Distinct();

    /// <summary>The header and the lines of a small store's log: customer, product, time, quantity.</summary>
    public static string[] Simulate(int customers, int days) =>
    [
        "customer_id,product_id,timestamp,quantity",
        .. SimulatedStore.Create(new SimulatedStoreOptions { Customers = customers, Days = days, FirstDay = new DateOnly(2024, 1, 1) }).Lines
            .Where(line => line.Kind == Orders.InteractionKind.Purchase && line.Quantity > 0)
            .Select(line => string.Create(
                CultureInfo.InvariantCulture, $"{line.CustomerId},{line.ProductId},{line.PlacedAt:yyyy-MM-ddTHH:mm:ss},{line.Quantity}")),
    ];

    public async Task InitializeAsync()
    {
        Lines = Simulate(customers: 60, days: 366);
        File.WriteAllLines(Log, Lines);
        var run = await ToolRun.Succeed("train", Log, "--model", Model, "--json", "-");
        TrainReport = JsonNode.Parse(run.Output)!;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();
}
