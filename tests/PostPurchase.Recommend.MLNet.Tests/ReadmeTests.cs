using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;
using PostPurchase.Recommend.MLNet.Evaluation;
using PostPurchase.Recommend.MLNet.Orders;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.MLNet.Tests;

/// <summary>The snippets of the adapter's README, run; and the README's copies of them, compared.</summary>
public partial class ReadmeTests
{
    private static readonly DateTime Start = new(2026, 1, 5);

    /// <summary>Customers who buy coffee every four weeks, and half of them a filter with it.</summary>
    private static List<Purchase> Lines =>
    [
        .. from customer in Enumerable.Range(0, 60)
           from visit in Enumerable.Range(0, 10)
           from product in (string[])["coffee", customer % 2 == 0 ? "filter" : "milk", $"p{(customer + visit) % 7}"]
           select new Purchase { CustomerId = $"c{customer:000}", ProductId = product, Time = Start.AddDays((28 * visit) + (customer % 5)) },
    ];

    [Fact]
    public void What_will_they_want()
    {
        var purchases = new MLContext().Data.LoadFromEnumerable(Lines);
        var output = new StringWriter();
        // readme
        var mlContext = new MLContext(seed: 1);
        var pipeline = mlContext.PostPurchase().Trainers.ImplicitAls("CustomerId", "ProductId");
        var model = pipeline.Fit(purchases);

        // The best products for one customer, by one exact scan of all of them.
        foreach (var product in model.Top("c042", count: 5, exclude: ["coffee"]))
            output.WriteLine($"{product.ProductId}: {product.Score:0.00}");
        // end
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, lines.Length);
        Assert.DoesNotContain(lines, l => l.StartsWith("coffee", StringComparison.Ordinal));
        // Only customers of the other half buy milk.
        Assert.DoesNotContain(lines, l => l.StartsWith("milk", StringComparison.Ordinal));
    }

    [Fact]
    public void When()
    {
        var mlContext = new MLContext();
        var purchases = mlContext.Data.LoadFromEnumerable(Lines);
        var asOf = Lines.Max(l => l.Time).AddDays(1);
        using var file = new TemporaryFile();
        var path = file.Path;
        // readme
        var replenishment = mlContext.PostPurchase().Trainers
            .Replenishment("CustomerId", "ProductId", "Time", "Quantity", horizonDays: 30)
            .Fit(purchases);
        mlContext.Model.Save(replenishment, purchases.Schema, path);

        var loaded = mlContext.Model.Load(path, out _);
        var questions = mlContext.Data.LoadFromEnumerable([new Purchase { CustomerId = "c042", ProductId = "coffee", Time = asOf }]);
        var due = loaded.Transform(questions).GetColumn<DateTime>("DueDate").Single();
        // end
        Assert.InRange((due - asOf).TotalDays, 14, 42);
    }

    [Fact]
    public void In_out_and_how_good()
    {
        var mlContext = new MLContext();
        var purchases = mlContext.Data.LoadFromEnumerable(Lines);
        var labelled = mlContext.Data.LoadFromEnumerable(Lines.Select(l => new Purchase { CustomerId = l.CustomerId, ProductId = l.ProductId, Label = 1 }));
        var scored = mlContext.PostPurchase().Trainers.ImplicitAls().Fit(purchases).Transform(labelled);
        var output = new StringWriter();
        // readme
        var history = PurchaseHistory.FromDataView(purchases);
        IDataView back = history.ToDataView(mlContext);

        var metrics = mlContext.Recommendation().EvaluateRanking(scored, "CustomerId", "ProductId", "Label", "Score", count: 10);
        output.WriteLine($"recall {metrics.Recall:0.00}, NDCG {metrics.Ndcg:0.00}, coverage {metrics.Coverage:0.00}");
        // end
        Assert.Equal(Lines.Count, history.PurchaseCount);
        Assert.Equal(Lines.Count, back.GetColumn<string>("ProductId").Count());
        Assert.Contains("recall 1.00", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_code_of_the_README_is_the_code_of_these_tests()
    {
        var readme = File.ReadAllText(Path.Combine(Repository(), "src", "PostPurchase.Recommend.MLNet", "README.md"));
        var shown = Fences().Matches(readme).Select(m => m.Groups[1].Value.Trim());
        var run = Regions().Matches(File.ReadAllText(Path.Combine(Repository(), "tests", "PostPurchase.Recommend.MLNet.Tests", "ReadmeTests.cs")))
            .Select(m => string.Join('\n', m.Groups[1].Value.Split('\n').Select(line => line.Length > 8 ? line[8..] : line.Trim())).Trim());
        Assert.Equal(run, shown);
    }

    // The compiler's path of this file is no real one where builds are made the same on every machine; then the output lies inside the repository.
    private static string Repository([CallerFilePath] string path = "")
    {
        var start = File.Exists(path) ? Path.GetDirectoryName(path) : AppContext.BaseDirectory;
        for (var folder = new DirectoryInfo(start!); ; folder = folder.Parent ?? throw new DirectoryNotFoundException($"no repository above {start}"))
        {
            if (File.Exists(Path.Combine(folder.FullName, "PostPurchase.Recommend.MLNet.sln")))
                return folder.FullName;
        }
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex("        // readme\n(.*?)        // end\n", RegexOptions.Singleline)]
    private static partial Regex Regions();
}
