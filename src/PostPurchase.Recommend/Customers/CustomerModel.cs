using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Customers;

/// <summary>How customers come, leave and spend. Immutable and safe to use from any number of threads.</summary>
internal sealed class CustomerModel
{
    // A century; what it adds to the value of a customer is discounted away long before.
    private const int MostDays = 36_500;
    private const int DaysPerPayment = 30;
    private readonly double _discountPerYear;

    public CustomerModel(VisitProcess visits, SpendProcess? spend, double discountPerYear)
    {
        Visits = visits;
        Spend = spend;
        _discountPerYear = discountPerYear;
    }

    public VisitProcess Visits { get; }

    public SpendProcess? Spend { get; }

    /// <summary>What to expect within the days ahead; a customer of -1 is one the log does not know.</summary>
    public CustomerOutlook Outlook(PurchaseColumns columns, string customerId, int customer, DateOnly asOf, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, MostDays);
        var record = customer < 0 ? null : CustomerRecords.Visits(columns, customer, asOf.DayNumber);
        var orderValue = OrderValue(columns, customer, asOf.DayNumber);
        return new CustomerOutlook
        {
            CustomerId = customerId,
            AsOf = asOf,
            Days = days,
            Orders = record is { } known ? known.Repeats + 1 : 0,
            ProbabilityAlive = record is { } seen ? Visits.ProbabilityAlive(seen) : null,
            ProbabilityOfOrder = record is { } past ? Visits.ProbabilityOfVisit(past, days / CustomerRecords.DaysPerUnit) : 0,
            ExpectedOrders = ExpectedOrders(record, days),
            ExpectedOrderValue = orderValue,
            ExpectedValue = orderValue is { } value ? Discounted(record, days) * value : null,
        };
    }

    /// <summary>The probability that a customer who has just ordered for the first time orders again within the days.</summary>
    public double ProbabilityOfSecondOrder(int days) =>
        Visits.ProbabilityOfVisit(new VisitRecord(0, 0, 0, 0), days / CustomerRecords.DaysPerUnit);

    public void Write(SectionWriter writer)
    {
        writer.Write(Visits.Regularity);
        writer.Write(Visits.RateShape);
        writer.Write(Visits.RateScale);
        writer.Write(Visits.LeaveWeight);
        writer.Write(Visits.StayWeight);
        writer.Write(Visits.LeavesAtStart);
        writer.Write(Spend is not null);
        if (Spend is not null)
        {
            writer.Write(Spend.OrderShape);
            writer.Write(Spend.CustomerShape);
            writer.Write(Spend.CustomerScale);
        }

        writer.Write(_discountPerYear);
    }

    public static CustomerModel Read(SectionReader reader)
    {
        var regularity = reader.ReadInt32();
        if (regularity is < 1 or > 1_000)
            throw reader.Damaged($"a regularity of {regularity}");
        var visits = new VisitProcess(regularity, Positive(), Positive(), Positive(), Positive(), reader.ReadBoolean());
        var spend = reader.ReadBoolean() ? new SpendProcess(Positive(), Positive(), Positive()) : null;
        var discount = reader.ReadDouble();
        return discount is >= 0 and <= 10
            ? new CustomerModel(visits, spend, discount)
            : throw reader.Damaged($"a discount of {discount}");

        double Positive()
        {
            var value = reader.ReadDouble();
            return value > 0 && double.IsFinite(value) ? value : throw reader.Damaged($"a parameter of {value}");
        }
    }

    private double ExpectedOrders(VisitRecord? record, int days) =>
        record is { } known ? Visits.ExactVisits(known, days / CustomerRecords.DaysPerUnit) : 0;

    private double? OrderValue(PurchaseColumns columns, int customer, int asOfDay) =>
        Spend?.ExpectedValue((customer < 0 ? null : CustomerRecords.Spend(columns, customer, asOfDay)) ?? new SpendRecord(0, 0));

    // Paid in the middle of every thirty days, and of what is left of them.
    private double Discounted(VisitRecord? record, int days)
    {
        if (record is not { } known)
            return 0;
        var ahead = Visits.Ahead(known);
        var all = Expected(days);
        var months = SmoothCurve.AtSteps(month => Expected(month * DaysPerPayment), (days - 1) / DaysPerPayment);
        var (sum, before, from) = (0.0, 0.0, 0);
        foreach (var orders in months)
            Pay(orders, from + DaysPerPayment);
        Pay(all, days);
        return sum;

        double Expected(double within) => Visits.ExactVisits(known, ahead, within / CustomerRecords.DaysPerUnit);

        void Pay(double orders, int until)
        {
            sum += (orders - before) * Math.Pow(1 + _discountPerYear, -(from + until) / 2.0 / 365.25);
            (before, from) = (orders, until);
        }
    }
}
