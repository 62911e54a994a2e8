namespace PostPurchase.Recommend.Boosting;

/// <summary>What to learn with boosted trees; how to run (seed, threads) is a <see cref="TrainingRun"/>.</summary>
internal sealed record BoostedTreesOptions
{
    /// <summary>The most trees to grow, from 1 to 10,000; early stopping may keep fewer.</summary>
    public int Trees { get; init; } = 200;

    /// <summary>The share of each tree's step that is taken, above 0 and at most 1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>The most leaves of a tree, from 2 to 1,024.</summary>
    public int MaxLeaves { get; init; } = 31;

    /// <summary>The fewest training rows of a leaf; at least 1.</summary>
    public int MinLeafRows { get; init; } = 50;

    /// <summary>The least sum of second derivatives of a leaf; zero or more.</summary>
    public double MinLeafHessian { get; init; } = 1e-3;

    /// <summary>Added to the sum of second derivatives of every leaf, which pulls its value to zero; zero or more.</summary>
    public double L2Regularization { get; init; } = 1;

    /// <summary>The share of the features each tree may use, above 0 and at most 1.</summary>
    public double FeatureShare { get; init; } = 1;

    /// <summary>The share of the rows each tree is grown on, above 0 and at most 1.</summary>
    public double RowShare { get; init; } = 1;

    /// <summary>The most bins a feature's values are cut into, from 2 to 255; one more holds missing values.</summary>
    public int MaxBins { get; init; } = 255;

    /// <summary>With a validation table: the trees to wait for a better loss before stopping; at least 1.</summary>
    public int PatienceTrees { get; init; } = 20;

    public void Validate()
    {
        new OptionErrors(nameof(BoostedTreesOptions))
            .InRange(nameof(Trees), Trees, 1, 10_000)
            .Require(LearningRate is > 0 and <= 1, "LearningRate must lie above 0 and be at most 1")
            .InRange(nameof(MaxLeaves), MaxLeaves, 2, 1024)
            .InRange(nameof(MinLeafRows), MinLeafRows, 1, int.MaxValue)
            .InRange(nameof(MinLeafHessian), MinLeafHessian, 0, double.MaxValue)
            .InRange(nameof(L2Regularization), L2Regularization, 0, double.MaxValue)
            .Require(FeatureShare is > 0 and <= 1, "FeatureShare must lie above 0 and be at most 1")
            .Require(RowShare is > 0 and <= 1, "RowShare must lie above 0 and be at most 1")
            .InRange(nameof(MaxBins), MaxBins, 2, 255)
            .InRange(nameof(PatienceTrees), PatienceTrees, 1, 10_000)
            .ThrowIfAny();
    }
}
