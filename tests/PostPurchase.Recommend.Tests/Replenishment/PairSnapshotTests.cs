using PostPurchase.Recommend.Customers;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class PairSnapshotTests
{
    // Where the customer's visits, the customer's age and the pair's purchases stand among the features.
    private const int Visits = 0;
    private const int Age = 7;
    private const int Bought = 14;

    [Fact]
    public void In_a_log_of_less_than_half_a_year_ages_and_numbers_stand_beside_its_length_also_when_it_was_stored()
    {
        var columns = PurchaseHistory.From(
            [RhythmicLog.Line("old", "soap", 0), RhythmicLog.Line("new", "soap", 75), RhythmicLog.Line("new", "tea", 80), RhythmicLog.Line("new", "soap", 90)]).Columns;
        var snapshot = Of(columns, columns.FirstDay + 100);
        using var stream = new MemoryStream();
        snapshot.Write(new SectionWriter(stream));
        stream.Position = 0;
        foreach (var each in new[] { snapshot, PairSnapshot.Read(new SectionReader("replenishment", stream, stream.Length)) })
        {
            Assert.Equal(0, Feature("old", Age, 100), 5);
            Assert.Equal(Math.Log(0.25), Feature("new", Age, 100), 5);
            Assert.Equal(Math.Log(0.03), Feature("new", Visits, 100), 5);
            Assert.Equal(Math.Log(0.02), Feature("new", Bought, 100), 5);
            Assert.Equal(Math.Log(1 / 160.0), Feature("old", Visits, 160), 5);
            // From half a year on they are what they are, whatever the length of the log.
            Assert.Equal(Math.Log(425 / 180.0), Feature("new", Age, 500), 5);
            Assert.Equal(Math.Log(3 / 180.0), Feature("new", Visits, 500), 5);
            Assert.Equal(Math.Log(2 / 180.0), Feature("new", Bought, 500), 5);

            double Feature(string customer, int feature, int asOf) => Features(each, columns, customer, columns.FirstDay + asOf)[feature];
        }
    }

    [Fact]
    public void A_customer_older_than_the_log_learned_from_is_as_old_as_it()
    {
        var learned = PurchaseHistory.From([RhythmicLog.Line("a", "soap", 50), RhythmicLog.Line("b", "soap", 60)]).Columns;
        var longer = PurchaseHistory.From([RhythmicLog.Line("a", "soap", 10), RhythmicLog.Line("a", "soap", 50)]).Columns;
        Assert.Equal(0, Features(Of(learned, learned.LastDay + 1), longer, "a", learned.LastDay + 1)[Age]);
    }

    [Fact]
    public void It_ends_when_it_is_cancelled()
    {
        var columns = PurchaseHistory.From([RhythmicLog.Line("a", "soap", 50), RhythmicLog.Line("a", "soap", 60)]).Columns;
        Assert.ThrowsAny<OperationCanceledException>(() => Of(columns, columns.LastDay + 1, new CancellationToken(canceled: true)));
    }

    private static PairSnapshot Of(PurchaseColumns columns, int asOf, CancellationToken cancellation = default) => PairSnapshot.Of(
        columns, PurchasePairs.From(columns), asOf, new CustomerTrainer(new()).Train(columns, new TrainingRun()), new ReplenishmentOptions(), cancellation);

    private static float[] Features(PairSnapshot snapshot, PurchaseColumns columns, string customer, int asOf)
    {
        var (visits, features, number) = (new CustomerVisits(), new float[PairFeatures.Count], columns.Customers.Find(customer));
        visits.Load(columns, number, asOf);
        snapshot.FillCustomer(visits, features);
        var (pairs, soap) = (PurchasePairs.From(columns), columns.Products.Find("soap"));
        snapshot.Fill(visits, new PairPurchases(columns, pairs, pairs.Find(number, soap), asOf), soap, features);
        return features;
    }
}
