namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>The mean of the customer's own known intervals.</summary>
internal sealed class OwnMeanInterval : IIntervalBaseline
{
    public string Name => "own mean";

    public double Predict(CustomerIntervals customer) => customer.Known.Average();
}
