namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>The customer's latest known interval once more.</summary>
internal sealed class LastInterval : IIntervalBaseline
{
    public string Name => "last gap";

    public double Predict(CustomerIntervals customer) => customer.Known[^1];
}
