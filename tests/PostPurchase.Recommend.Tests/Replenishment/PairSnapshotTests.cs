using PostPurchase.Recommend.Customers;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class PairSnapshotTests
{
    // Where the customer's age stands among the features.
    private const int Age = 7;

    [Fact]
    public void Customers_are_as_old_as_they_are_beside_the_log_also_when_it_was_stored()
    {
        var columns = PurchaseHistory.From(
            [RhythmicLog.Line("old", "soap", 0), RhythmicLog.Line("new", "soap", 75), RhythmicLog.Line("new", "tea", 90)]).Columns;
        var customers = new CustomerTrainer(new()).Train(columns, new TrainingRun());
        var snapshot = PairSnapshot.Of(columns, PurchasePairs.From(columns), columns.FirstDay + 100, customers, new ReplenishmentOptions());
        using var stream = new MemoryStream();
        snapshot.Write(new SectionWriter(stream));
        stream.Position = 0;
        foreach (var each in new[] { snapshot, PairSnapshot.Read(new SectionReader("replenishment", stream, stream.Length)) })
        {
            Assert.Equal(0, AgeOf("old", 100), 6);
            Assert.Equal(Math.Log(0.25), AgeOf("new", 100), 6);
            Assert.Equal(Math.Log(0.625), AgeOf("new", 200), 6);

            double AgeOf(string customer, int asOf)
            {
                var visits = new CustomerVisits();
                visits.Load(columns, columns.Customers.Find(customer), columns.FirstDay + asOf);
                var features = new float[PairFeatures.Count];
                each.FillCustomer(visits, features);
                return features[Age];
            }
        }
    }

    [Fact]
    public void A_customer_older_than_the_log_learned_from_is_as_old_as_it()
    {
        var learned = PurchaseHistory.From([RhythmicLog.Line("a", "soap", 50), RhythmicLog.Line("b", "soap", 60)]).Columns;
        var longer = PurchaseHistory.From([RhythmicLog.Line("a", "soap", 10), RhythmicLog.Line("a", "soap", 50)]).Columns;
        var snapshot = PairSnapshot.Of(
            learned, PurchasePairs.From(learned), learned.LastDay + 1, new CustomerTrainer(new()).Train(learned, new TrainingRun()), new ReplenishmentOptions());
        var (visits, features) = (new CustomerVisits(), new float[PairFeatures.Count]);
        visits.Load(longer, 0, learned.LastDay + 1);
        snapshot.FillCustomer(visits, features);
        Assert.Equal(0, features[Age]);
    }
}
