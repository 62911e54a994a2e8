namespace PostPurchase.Recommend.Replenishment;

/// <summary>What all customers together do a day after their first visit: products bought for the first time, and visits.</summary>
internal readonly record struct PurchaseRates(double NewPerDay, double VisitsPerDay)
{
    // A shop of a day believes in a tenth of an event within two months.
    private const double PriorEvents = 0.1;
    private const double PriorDays = 60;

    public static PurchaseRates Of(IEnumerable<NewProductRecord> customers)
    {
        var (newProducts, later, days) = (PriorEvents, PriorEvents, PriorDays);
        foreach (var customer in customers)
        {
            newProducts += customer.NewProducts;
            later += customer.LaterVisits;
            days += customer.Days;
        }

        return new PurchaseRates(newProducts / days, later / days);
    }
}
