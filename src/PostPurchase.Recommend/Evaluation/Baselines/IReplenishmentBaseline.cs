namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>A method to compare with: will the pair be bought within the horizon?</summary>
internal interface IReplenishmentBaseline
{
    string Name { get; }

    /// <summary>One probability for each query.</summary>
    /// <param name="asked">The queries; their outcome must not be looked at.</param>
    /// <param name="earlier">The queries one horizon earlier, whose outcome is known by now.</param>
    /// <param name="horizonDays">The horizon.</param>
    double[] Predict(ReplenishmentQueries asked, ReplenishmentQueries earlier, int horizonDays);
}
