using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Ranking;

/// <summary>The replenishment model's gap curve of a customer's own products, as of any day.</summary>
internal sealed class OwnGaps(GapPriors priors)
{
    /// <summary>Learns how long the gaps of all products are from the whole of a history.</summary>
    public static OwnGaps From(PurchaseColumns columns) => new(GapPriorsEstimator.Estimate(
        columns, PurchasePairs.From(columns), columns.Rows == 0 ? 0 : columns.LastDay + 1, new ReplenishmentOptions()));

    public void Write(SectionWriter writer) => priors.Write(writer);

    public static OwnGaps Read(SectionReader reader) => new(GapPriors.Read(reader));

    /// <summary>The curve of the gap that is open now: the customer's own gaps, shrunk to the product's.</summary>
    public GapCurve Curve(in OwnProduct own, int daysSince) =>
        PairGap.Of(own.Count - 1, own.LogGapSum, daysSince, priors.Of(own.Product), priors).Curve;
}
