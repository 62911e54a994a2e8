namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>The mean logarithm of the customer's intervals, shrunk to everyone's as if one more interval had been seen.</summary>
internal sealed class ShrunkLogInterval(IEnumerable<int> allKnown) : IIntervalBaseline
{
    private const double PriorIntervals = 1;

    private readonly double _priorLog = allKnown.Average(days => Math.Log(days));

    public string Name => "log-mean shrunk";

    public double Predict(CustomerIntervals customer) => Math.Exp(
        (customer.Known.Sum(days => Math.Log(days)) + (PriorIntervals * _priorLog)) / (customer.Known.Length + PriorIntervals));
}
