namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>A method to compare with: how many days until the customer's next visit?</summary>
internal interface IIntervalBaseline
{
    string Name { get; }

    double Predict(CustomerIntervals customer);
}
