using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Evaluation;

/// <summary>How customers visited, whatever they bought, and how products sold, in the quarter before a day.</summary>
internal sealed class RhythmStatistics
{
    private const int MonthDays = 30;
    private const int QuarterDays = 90;

    private readonly int[] _visits;
    private readonly int[] _soldInMonth;
    private readonly int[] _soldInQuarter;

    public RhythmStatistics(PurchaseColumns log, int day)
    {
        (_visits, _soldInMonth, _soldInQuarter) = (new int[log.Customers.Count], new int[log.Products.Count], new int[log.Products.Count]);
        for (var customer = 0; customer < _visits.Length; customer++)
        {
            var visit = -1;
            for (var row = log.EndBefore(customer, day - QuarterDays); row < log.EndBefore(customer, day); row++)
            {
                _visits[customer] += log.Day[row] == visit ? 0 : 1;
                visit = log.Day[row];
                _soldInQuarter[log.Product[row]]++;
                _soldInMonth[log.Product[row]] += visit >= day - MonthDays ? 1 : 0;
            }
        }
    }

    /// <summary>Days of the quarter on which the customer bought anything.</summary>
    public int Visits(int customer) => _visits[customer];

    /// <summary>How often the product was sold in the quarter.</summary>
    public int Sold(int product) => _soldInQuarter[product];

    /// <summary>Sales of the last month against what the quarter leads to expect; one when nothing changes.</summary>
    public double Trend(int product) => (_soldInMonth[product] + 1) / ((_soldInQuarter[product] * (double)MonthDays / QuarterDays) + 1);
}
