using System.IO.Compression;
using PostPurchase.Recommend;
using PostPurchase.Recommend.Orders;

// The package holds what a package should: README, XML documentation, and symbols beside it.
var package = args[0];
using (var content = ZipFile.OpenRead(package))
{
    foreach (var file in new[] { "README.md", "lib/net10.0/PostPurchase.Recommend.dll", "lib/net10.0/PostPurchase.Recommend.xml" })
        Check(content.GetEntry(file) is not null, $"the package has no {file}");
    using var nuspec = new StreamReader(content.GetEntry("PostPurchase.Recommend.nuspec")!.Open());
    Check(nuspec.ReadToEnd().Contains(">MIT</license>", StringComparison.Ordinal), "the package names no licence");
}

using (var symbols = ZipFile.OpenRead(Path.ChangeExtension(package, ".snupkg")))
    Check(symbols.GetEntry("lib/net10.0/PostPurchase.Recommend.pdb") is not null, "the symbol package has no symbols");

// Forty customers buy coffee every three weeks and filters every six; ten of them never come back.
List<OrderLine> lines = [];
var first = new DateTime(2025, 1, 6);
for (var customer = 0; customer < 40; customer++)
{
    for (var week = customer % 3; week < (customer < 30 ? 60 : 20); week += 3)
    {
        lines.Add(new OrderLine($"customer-{customer}", "coffee", first.AddDays(7 * week)));
        if (week % 2 == 0)
            lines.Add(new OrderLine($"customer-{customer}", "filters", first.AddDays(7 * week)));
    }
}

var history = PurchaseHistory.From(lines);
var trained = new PostPurchaseTrainer().Train(history);
trained.Save("shop.model");
IRecommender model = PostPurchaseModel.Load("shop.model");

var asOf = history.LastDay.AddDays(1);
var list = model.Recommend(new() { CustomerId = "customer-0", AsOf = asOf, Count = 2 });
Check(list.IsKnownCustomer && list.Items.Count == 2, "two products were sold and two must be recommended");
foreach (var item in list.Items)
    Console.WriteLine($"{item.ProductId}: {item.Probability:P0}, {item.Reason}");
var forecast = model.Forecast("customer-0", "coffee", asOf);
Check(forecast.ProbabilityWithin(30) is > 0 and <= 1, "the forecast is no probability");
Check(
    list.Items.SequenceEqual(trained.Recommend(new() { CustomerId = "customer-0", AsOf = asOf, Count = 2 }).Items),
    "the loaded model answers differently");
Console.WriteLine($"coffee is due {forecast.DueDate:O}, within 30 days with {forecast.ProbabilityWithin(30):P0}");

static void Check(bool holds, string otherwise)
{
    if (!holds)
        throw new InvalidOperationException(otherwise);
}
