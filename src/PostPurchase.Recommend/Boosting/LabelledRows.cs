namespace PostPurchase.Recommend.Boosting;

/// <summary>What boosted trees learn from: features, the outcome of every row (0 to 1), its weight and the score to start from.</summary>
/// <param name="Features">The features.</param>
/// <param name="Labels">One outcome a row, from 0 to 1.</param>
/// <param name="Weights">One weight a row, zero or more; empty means that all weigh one.</param>
/// <param name="InitialScores">
/// One log odds a row to start from, which the caller adds to the model's score when predicting; empty means that the
/// model starts from the mean outcome, which its scores then include.
/// </param>
internal sealed record LabelledRows(FeatureTable Features, float[] Labels, float[] Weights, double[] InitialScores)
{
    public LabelledRows(FeatureTable features, float[] labels)
        : this(features, labels, [], [])
    {
    }

    public void Validate()
    {
        var rows = Features.Rows;
        ArgumentOutOfRangeException.ThrowIfZero(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(Labels.Length, rows);
        if (Weights.Length != 0)
            ArgumentOutOfRangeException.ThrowIfNotEqual(Weights.Length, rows);
        if (InitialScores.Length != 0)
            ArgumentOutOfRangeException.ThrowIfNotEqual(InitialScores.Length, rows);
    }
}
