using PostPurchase.Recommend.DependencyInjection;
using PostPurchase.Samples;

namespace PostPurchase.Recommend.PublicTests.Documentation;

/// <summary>Every snippet of the README is run as it stands, on the simulated store; only the names of files are made paths.</summary>
public sealed class ReadmeTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("readme");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task The_readme_does_what_it_says()
    {
        var path = Repository.PathOf("README.md");
        var readme = await File.ReadAllTextAsync(path);
        SimulatedStore.Create(new() { Customers = 300 }).WriteCsv(PathOf("orders.csv.gz"));

        var session = await RunAsync(readme);

        var list = session.Get<RecommendationList>("list");
        Assert.True(list.IsKnownCustomer);
        Assert.Equal(5, list.Items.Count);
        Assert.Contains(list.Items, item => item.Reason.Kind == ReasonKind.BoughtBefore);
        var forecast = session.Get<ReplenishmentForecast>("forecast");
        Assert.True(forecast.IsPredictable);
        Assert.InRange(forecast.ProbabilityWithin(30), 0.01, 1);
        Assert.NotEmpty(session.Get<List<DuePurchase>>("reminders"));
        Assert.All(session.Get<List<DuePurchase>>("reminders"), due => Assert.InRange(due.Probability, 0.3, 1));
        Assert.Contains(session.Get<IReadOnlyList<Complement>>("complements"), c => c.ProductId == "alba-toothbrush-heads");
        Assert.Equal(list.Items, session.Get<PostPurchaseModel>("loaded").Recommend(new() { CustomerId = list.CustomerId, AsOf = list.AsOf, Count = 5 }).Items);
        Assert.Contains(session.Get<Microsoft.Extensions.DependencyInjection.ServiceCollection>("services"), s => s.ServiceType == typeof(RecommenderSource));

        var output = string.Concat(list.Items.Select(item => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"    {item.Probability:P0} {item.ProductId}: {item.Reason}\n")));
        readme = Markdown.Replace(readme, "<!-- output of the snippet above, generated -->", "<!-- end of output -->", output);
        readme = Markdown.Replace(readme, "<!-- options, generated -->", "<!-- end of options -->", new OptionTables(typeof(IRecommender).Assembly).ToString());
        AcceptedText.Check(path, readme);
    }

    [Fact]
    public void The_package_readme_holds_snippets_of_the_readme_only()
    {
        var run = Markdown.Snippets(File.ReadAllText(Repository.PathOf("README.md"))).SelectMany(s => s.Split('\n')).ToHashSet();
        var packed = Markdown.Snippets(File.ReadAllText(Repository.PathOf("src", "PostPurchase.Recommend", "README.md"))).SelectMany(s => s.Split('\n')).ToArray();

        Assert.NotEmpty(packed);
        Assert.Empty(packed.Except(run));
    }

    [Fact]
    public void The_readme_names_its_commands()
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md"));

        Assert.Contains("dotnet run -c Release --project samples/QuickStart  ", readme, StringComparison.Ordinal);
        Assert.Contains("dotnet test PostPurchase.Recommend.sln -c Release  ", readme, StringComparison.Ordinal);
        Assert.Contains("dotnet run -c Release --project samples/QuickStart -- ../shared/data/online-retail-ii/orders.csv.gz", readme, StringComparison.Ordinal);
    }

    private string PathOf(string name) => Path.Combine(_directory.FullName, name);

    private async Task<CSharpSession> RunAsync(string markdown)
    {
        var snippets = Markdown.Snippets(markdown);
        Assert.NotEmpty(snippets);
        var session = new CSharpSession();
        await session.RunAsync("#r \"PostPurchase.Recommend.dll\"\n#r \"Microsoft.Extensions.DependencyInjection.dll\"\n#r \"Microsoft.Extensions.DependencyInjection.Abstractions.dll\"");
        foreach (var snippet in snippets)
        {
            // What a snippet prints would only be noise among the test results.
            await session.RunAsync(snippet
                .Replace("\"orders.csv.gz\"", $"@\"{PathOf("orders.csv.gz")}\"", StringComparison.Ordinal)
                .Replace("\"shop.model\"", $"@\"{PathOf("shop.model")}\"", StringComparison.Ordinal)
                .Replace("Console.WriteLine(", "_ = string.Concat(", StringComparison.Ordinal));
        }

        return session;
    }
}
