using PostPurchase.Recommend.Customers;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Customers;

/// <summary>What is summed up of a customer and what a model of known parameters makes of it, by hand.</summary>
public sealed class CustomerOutlookTests
{
    private static readonly DateOnly First = new(2024, 1, 1);
    private static readonly PurchaseColumns Columns = PurchaseHistory.From(Lines()).Columns;
    private static readonly VisitProcess Visits = new(2, 1.5, 3, 0.8, 2.5, LeavesAtStart: true);
    private static readonly SpendProcess Spend = new(6, 4, 15);

    [Fact]
    public void Visits_and_orders_with_a_price_are_counted_by_day()
    {
        for (var customer = 0; customer < Columns.Customers.Count; customer++)
        {
            foreach (var asOf in new[] { Columns.FirstDay, Columns.FirstDay + 40, Columns.LastDay + 1 })
            {
                var rows = Enumerable.Range(Columns.CustomerStart[customer], Columns.CustomerStart[customer + 1] - Columns.CustomerStart[customer])
                    .Where(row => Columns.Day[row] < asOf).ToArray();
                var days = rows.Select(row => Columns.Day[row]).Distinct().ToArray();
                var visits = CustomerRecords.Visits(Columns, customer, asOf);
                Assert.Equal(days.Length > 0, visits is not null);
                if (visits is { } record)
                {
                    Assert.Equal((days.Length - 1, (days[^1] - days[0]) / 7.0, (asOf - days[0]) / 7.0), (record.Repeats, record.LastAt, record.ObservedFor));
                    Assert.Equal(days.Zip(days.Skip(1), (one, next) => Math.Log((next - one) / 7.0)).Sum(), record.SumLogGaps, 1e-9);
                }

                var orders = rows.Where(row => Columns.UnitPrice[row] > 0).GroupBy(row => Columns.Day[row]).ToArray();
                var spend = CustomerRecords.Spend(Columns, customer, asOf);
                Assert.Equal(orders.Length, spend?.Orders ?? 0);
                if (orders.Length > 0)
                    Assert.Equal(orders.Average(order => order.Sum(row => (double)Columns.UnitPrice[row] * Columns.Quantity[row])), spend!.Value.MeanValue, 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(30, 0.1)]
    [InlineData(31, 0.1)]
    [InlineData(100, 0.25)]
    [InlineData(36_500, 0.1)]
    public void An_outlook_is_what_the_processes_say_and_later_orders_are_worth_less(int days, double discount)
    {
        var model = new CustomerModel(Visits, Spend, discount);
        var asOf = First.AddDays(90);
        for (var customer = 0; customer < Columns.Customers.Count; customer++)
        {
            var outlook = model.Outlook(Columns, "someone", customer, asOf, days);
            Assert.Equal(("someone", asOf, days), (outlook.CustomerId, outlook.AsOf, outlook.Days));
            if (CustomerRecords.Visits(Columns, customer, asOf.DayNumber) is not { } record)
            {
                Assert.Equal((0, null, 0, 0, 0), (outlook.Orders, outlook.ProbabilityAlive, outlook.ProbabilityOfOrder, outlook.ExpectedOrders, outlook.ExpectedValue));
                continue;
            }

            var value = Spend.ExpectedValue(CustomerRecords.Spend(Columns, customer, asOf.DayNumber) ?? new SpendRecord(0, 0));
            Assert.Equal((record.Repeats + 1, Visits.ProbabilityAlive(record), value), (outlook.Orders, outlook.ProbabilityAlive, outlook.ExpectedOrderValue));
            Assert.Equal(Visits.ProbabilityOfVisit(record, days / 7.0), outlook.ProbabilityOfOrder, 1e-12);
            Assert.Equal(Expected(days), outlook.ExpectedOrders, 1e-12);
            Assert.InRange(outlook.ExpectedOrders, outlook.ProbabilityOfOrder, double.MaxValue);
            // Paid in the middle of every thirty days.
            var worth = Enumerable.Range(0, (days + 29) / 30).Select(month => (From: 30 * month, Until: Math.Min(days, (30 * month) + 30)))
                .Sum(part => (Expected(part.Until) - Expected(part.From)) / Math.Pow(1 + discount, (part.From + part.Until) / 2.0 / 365.25));
            Assert.Equal(worth * value, outlook.ExpectedValue!.Value, 1e-9);

            double Expected(int until) => until == 0 ? 0 : Visits.ExactVisits(record, until / 7.0);
        }
    }

    [Fact]
    public void Without_prices_there_is_no_value_and_without_days_no_question()
    {
        var columns = PurchaseHistory.From([new OrderLine("a", "p", First.ToDateTime(TimeOnly.MinValue))]).Columns;
        Assert.Null(CustomerRecords.Spend(columns, 0, int.MaxValue));
        var model = new CustomerModel(Visits, null, 0.1);
        var outlook = model.Outlook(columns, "a", 0, First.AddDays(9), 30);
        Assert.Equal((null, null), (outlook.ExpectedOrderValue, outlook.ExpectedValue));
        Assert.True(outlook.ExpectedOrders > 0);
        foreach (var days in new[] { 0, -1, 36_501 })
            Assert.Throws<ArgumentOutOfRangeException>(() => model.Outlook(columns, "a", 0, First, days));
        Assert.Equal(Visits.ProbabilityOfVisit(new VisitRecord(0, 0, 0, 0), 5), model.ProbabilityOfSecondOrder(35));
    }

    private static IEnumerable<OrderLine> Lines()
    {
        var random = new SeededRandom(71);
        for (var c = 0; c < 20; c++)
        {
            for (int v = 0, day = random.Next(120); v < c % 6; v++, day += 1 + random.Next(30))
            {
                for (var i = 0; i <= random.Next(3); i++)
                {
                    yield return new OrderLine($"c{c:D2}", $"p{i}", First.AddDays(day).ToDateTime(TimeOnly.MinValue))
                    {
                        Quantity = 1 + random.Next(3),
                        UnitPrice = random.Next(3) == 0 ? null : 1 + (20 * random.NextDouble()),
                    };
                }
            }

            yield return new OrderLine($"c{c:D2}", "late", First.AddDays(100 + (c * 2)).ToDateTime(TimeOnly.MinValue));
        }
    }
}
