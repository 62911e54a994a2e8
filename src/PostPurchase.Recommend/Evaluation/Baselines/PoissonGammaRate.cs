namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>
/// Poisson purchases whose rate has a gamma prior around the product's own rate ("Buy It Again", Bhagat et al., KDD 2018,
/// section 3.3), optionally times the share of the product's buyers who ever buy it again (section 3.1).
/// </summary>
internal sealed class PoissonGammaRate(bool timesRepeatRate) : IReplenishmentBaseline
{
    private const double PriorPurchases = 1;

    public string Name => timesRepeatRate ? "Poisson-gamma x repeat rate" : "Poisson-gamma rate";

    public double[] Predict(ReplenishmentQueries asked, ReplenishmentQueries earlier, int horizonDays)
    {
        var predicted = new double[asked.Count];
        for (var i = 0; i < predicted.Length; i++)
        {
            var product = asked.Product[i];
            var days = (PriorPurchases / asked.Products.DailyRate(product)) + asked.Day - asked.FirstDay[i];
            // The rate integrated out: the chance of no purchase is that of a negative binomial count of zero.
            predicted[i] = 1 - Math.Pow(days / (days + horizonDays), asked.Purchases[i] + PriorPurchases);
            if (timesRepeatRate)
                predicted[i] *= asked.Products.RepeatRate(product);
        }

        return predicted;
    }
}
