using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Customers;

/// <summary>Sums up a customer's purchases before a day for the visit and spend processes. Times are in weeks.</summary>
internal static class CustomerRecords
{
    public const double DaysPerUnit = 7;

    /// <summary>The customer's visits; <see langword="null"/> when there is none before the day.</summary>
    public static VisitRecord? Visits(PurchaseColumns columns, int customer, int asOfDay)
    {
        var (first, last, repeats, logGaps) = (-1, -1, 0, 0.0);
        for (var row = columns.CustomerStart[customer]; row < columns.EndBefore(customer, asOfDay); row++)
        {
            var day = columns.Day[row];
            if (first < 0)
                first = day;
            if (last >= 0 && day > last)
            {
                repeats++;
                logGaps += Math.Log((day - last) / DaysPerUnit);
            }

            last = day;
        }

        return first < 0
            ? null
            : new VisitRecord(repeats, (last - first) / DaysPerUnit, (asOfDay - first) / DaysPerUnit, logGaps);
    }

    /// <summary>The customer's orders that have a price, a day being one order; <see langword="null"/> when there is none.</summary>
    public static SpendRecord? Spend(PurchaseColumns columns, int customer, int asOfDay)
    {
        if (!columns.HasPrices)
            return null;
        var (orders, last, total) = (0, -1, 0.0);
        for (var row = columns.CustomerStart[customer]; row < columns.EndBefore(customer, asOfDay); row++)
        {
            var value = (double)columns.UnitPrice[row] * columns.Quantity[row];
            if (value <= 0)
                continue;
            orders += columns.Day[row] != last ? 1 : 0;
            last = columns.Day[row];
            total += value;
        }

        return orders == 0 ? null : new SpendRecord(orders, total / orders);
    }
}
