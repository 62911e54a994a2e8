namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>The rule of marketing suites: the customer's own mean from three visits on, before that everyone's.</summary>
internal sealed class MarketingRuleInterval(IEnumerable<CustomerIntervals> customers) : IIntervalBaseline
{
    private const int LeastIntervals = 2;

    private readonly double _mean = customers.SelectMany(customer => customer.Known).Average();

    public string Name => "marketing rule";

    public double Predict(CustomerIntervals customer) => customer.Known.Length >= LeastIntervals ? customer.Known.Average() : _mean;
}
