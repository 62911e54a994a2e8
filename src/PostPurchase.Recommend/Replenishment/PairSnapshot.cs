using PostPurchase.Recommend.Customers;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>What is known of all products as of a day, and with it the features of every pair.</summary>
internal sealed class PairSnapshot(GapPriors priors, ProductTrends trends, CustomerModel customers, int firstDay)
{
    public CustomerModel Customers => customers;

    public GapPriors Priors => priors;

    public ProductTrends Trends => trends;

    public static PairSnapshot Of(
        PurchaseColumns columns, PurchasePairs pairs, int asOfDay, CustomerModel customers, ReplenishmentOptions options, CancellationToken cancellation)
    {
        // Both look at every pair.
        cancellation.ThrowIfCancellationRequested();
        var priors = GapPriorsEstimator.Estimate(columns, pairs, asOfDay, options);
        cancellation.ThrowIfCancellationRequested();
        var trends = ProductTrends.Of(columns, pairs, asOfDay);
        cancellation.ThrowIfCancellationRequested();
        return new PairSnapshot(priors, trends, customers, columns.FirstDay);
    }

    public void FillCustomer(CustomerVisits visits, Span<float> features) =>
        PairFeatures.FillCustomer(visits, customers.Visits, firstDay, features);

    public PairGap Fill(CustomerVisits visits, in PairPurchases own, int product, Span<float> features)
    {
        var prior = priors.Of(product);
        var gap = PairGap.Of(own, prior, priors);
        PairFeatures.FillPair(visits, own, product, gap, prior, trends, firstDay, features);
        return gap;
    }

    public void Write(SectionWriter writer)
    {
        priors.Write(writer);
        trends.Write(writer);
        customers.Write(writer);
        writer.Write(firstDay);
    }

    public static PairSnapshot Read(SectionReader reader) =>
        new(GapPriors.Read(reader), ProductTrends.Read(reader), CustomerModel.Read(reader), reader.ReadInt32());
}
