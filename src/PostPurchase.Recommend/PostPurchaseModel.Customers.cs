using PostPurchase.Recommend.Customers;

namespace PostPurchase.Recommend;

public sealed partial class PostPurchaseModel
{
    /// <summary>
    /// What to expect of a customer as a whole: whether the customer is still one, and the orders and their value within the days
    /// ahead. Over ten years (3,650 days) that value is the lifetime value left.
    /// </summary>
    /// <param name="customerId">The customer; somebody unknown has ordered nothing yet.</param>
    /// <param name="asOf">The day the question is asked; purchases on or after it are not looked at.</param>
    /// <param name="days">The days ahead, from 1 to 36,500.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="days"/> lies outside.</exception>
    /// <remarks>
    /// A day with any purchase is one order. Fitted to the whole history: the MBG/CNBD-k model of orders (Platzer and Reutterer 2016) and
    /// the gamma-gamma model of their value (Fader and Hardie 2013).
    /// </remarks>
    public CustomerOutlook Outlook(string customerId, DateOnly asOf, int days = 365)
    {
        ArgumentNullException.ThrowIfNull(customerId);
        return _replenishment.Snapshot.Customers.Outlook(_columns, customerId, _columns.Customers.Find(customerId), asOf, days);
    }

    /// <summary>The probability, from 0 to 1, that a customer who has just ordered for the first time orders again within the days.</summary>
    /// <param name="days">The days after the first order; above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="days"/> is zero or less.</exception>
    public double ProbabilityOfSecondOrder(int days = 100)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        return _replenishment.Snapshot.Customers.ProbabilityOfSecondOrder(days);
    }
}
