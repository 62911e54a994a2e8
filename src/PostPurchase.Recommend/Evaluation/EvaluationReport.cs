namespace PostPurchase.Recommend.Evaluation;

/// <summary>The outcome of one evaluation protocol: never a figure without its baselines and its sample size.</summary>
/// <param name="Protocol">The protocol, such as <c>next-basket</c>.</param>
/// <param name="Tables">One table for each set of questions.</param>
public sealed record EvaluationReport(string Protocol, IReadOnlyList<EvaluationTable> Tables);
