using MathNet.Numerics.Statistics;

namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>The median of everyone's known intervals, the same for all.</summary>
internal sealed class GlobalMedianInterval(IEnumerable<CustomerIntervals> customers) : IIntervalBaseline
{
    private readonly double _median = customers.SelectMany(customer => customer.Known.Select(days => (double)days)).Median();

    public string Name => "global median";

    public double Predict(CustomerIntervals customer) => _median;
}
