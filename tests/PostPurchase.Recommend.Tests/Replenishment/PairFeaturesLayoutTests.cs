using System.Globalization;
using PostPurchase.Recommend.Customers;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

/// <summary>A model that learned from other features must not be read: what they come to is on file beside the revision that says so.</summary>
public sealed class PairFeaturesLayoutTests
{
    [Fact]
    public void Features_mean_what_the_revision_of_the_model_file_says()
    {
        var path = Repository.PathOf("tests", "ModelLayout", "PairFeatures.txt");
        var now = string.Create(CultureInfo.InvariantCulture, $"revision {PostPurchaseModel.LayoutRevision}\n{string.Join('\n', Features().Select(Line))}\n");
        var before = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        Assert.False(
            before != now && before.Split('\n')[0] == now.Split('\n')[0],
            $"features of replenishment have changed: raise {nameof(PostPurchaseModel.LayoutRevision)}, then run this test with POSTPURCHASE_ACCEPT=1");
        AcceptedText.Check(path, now);

        static string Line(float value, int feature) => string.Create(CultureInfo.InvariantCulture, $"{feature} {value:0.000}");
    }

    // All that is learned is given here, so that only the features themselves can change the outcome.
    private static float[] Features()
    {
        OrderLine[] lines =
        [
            .. new[] { 0, 30, 75, 118, 410, 440, 466 }.Select(day => RhythmicLog.Line("a", "soap", day) with { Quantity = 1 + (day % 3) }),
            RhythmicLog.Line("a", "tea", 75), RhythmicLog.Line("a", "tea", 470), RhythmicLog.Line("a", "milk", 100),
        ];
        var columns = PurchaseHistory.From(lines).Columns;
        var (asOf, product) = (columns.FirstDay + 490, columns.Products.Find("soap"));
        var priors = new GapPriors(new GapPrior(3.7, 0.8, 0.5), [3.6f, 3.5f, 3.4f], [0.5f, 0.4f, 0.3f], [0.6f, 0.7f, 0.8f], new Evidence[3])
        {
            CustomerSpread = 0.4,
            QuantityExponent = 0.3,
            Memory = 0.9,
            DeliveryDays = 0,
            ReturnStrength = 2,
        };
        var customers = new CustomerModel(new VisitProcess(2, 0.9, 3, 0.6, 2, true), null, 0.1);
        var snapshot = new PairSnapshot(priors, Trends(), customers, columns.FirstDay);
        var (visits, features) = (new CustomerVisits(), new float[PairFeatures.Count]);
        visits.Load(columns, 0, asOf);
        snapshot.FillCustomer(visits, features);
        var pairs = PurchasePairs.From(columns);
        snapshot.Fill(visits, new PairPurchases(columns, pairs, pairs.Find(0, product), asOf), product, features);
        return features;
    }

    // A number of its own for every column and product.
    private static ProductTrends Trends()
    {
        using var stream = new MemoryStream();
        var writer = new SectionWriter(stream);
        writer.Write(ProductTrends.ColumnCount);
        for (var column = 0; column < ProductTrends.ColumnCount; column++)
            writer.WriteArray<float>([column + 0.1f, column + 0.2f, column + 0.3f]);
        stream.Position = 0;
        return ProductTrends.Read(new SectionReader("trends", stream, stream.Length));
    }
}
