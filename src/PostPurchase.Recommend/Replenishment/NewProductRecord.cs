namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// A customer's visits as the search for new products sees them. The first visit is how the customer became one and says nothing of what follows: counted
/// are products and visits after it. These and the days count half for every <see cref="HalfLifeDays"/> that have passed since.
/// </summary>
/// <param name="NewProducts">Products bought for the first time after the first visit, as they count.</param>
/// <param name="LaterVisits">Visits after the first one, as they count.</param>
/// <param name="Days">Days since the first visit, as they count.</param>
/// <param name="Since">Days since the last visit.</param>
/// <param name="Age">Days since the first visit.</param>
/// <param name="Visits">All visits.</param>
/// <param name="Products">All products bought.</param>
internal readonly record struct NewProductRecord(double NewProducts, double LaterVisits, double Days, int Since, int Age, int Visits, int Products)
{
    /// <summary>After so many days an event counts half.</summary>
    public const double HalfLifeDays = 90;

    /// <summary>The record of a customer with at least one visit.</summary>
    public static NewProductRecord Of(CustomerVisits visits)
    {
        var age = visits.AsOfDay - visits.FirstDay;
        return new NewProductRecord(
            visits.NewAfterFirstVisit, visits.Decayed(HalfLifeDays) - Weight(age), HalfLifeDays / Math.Log(2) * (1 - Weight(age)),
            visits.AsOfDay - visits.LastDay, age, visits.Count, visits.Products);
    }

    /// <summary>How much of an event of so many days ago still counts.</summary>
    public static double Weight(double days) => Math.Pow(2, -days / HalfLifeDays);
}
