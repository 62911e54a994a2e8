namespace PostPurchase.Recommend.Evaluation;

/// <summary>The figures of one method.</summary>
public sealed record EvaluationRow
{
    /// <summary>The method, such as <c>GP-TopFreq</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Whether the method is there for comparison only.</summary>
    public required bool IsBaseline { get; init; }

    /// <summary>Its figures, in the order of the table's columns; a metric that the method cannot answer is missing.</summary>
    public required IReadOnlyList<MetricValue> Metrics { get; init; }

    /// <summary>Predicted against observed probabilities; empty for methods that give no probability.</summary>
    public IReadOnlyList<CalibrationBin> Calibration { get; init; } = [];
}
