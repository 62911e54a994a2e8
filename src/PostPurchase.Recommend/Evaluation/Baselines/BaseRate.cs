namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>The share of pairs that were bought within the horizon one horizon ago, the same for every pair.</summary>
internal sealed class BaseRate : IReplenishmentBaseline
{
    public string Name => "base rate";

    public double[] Predict(ReplenishmentQueries asked, ReplenishmentQueries earlier, int horizonDays)
    {
        var predicted = new double[asked.Count];
        var happened = earlier.Happened(horizonDays);
        Array.Fill(predicted, happened.Length == 0 ? 0 : (double)happened.Count(true) / happened.Length);
        return predicted;
    }
}
