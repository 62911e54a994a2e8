namespace PostPurchase.Recommend.Evaluation;

/// <summary>One measured figure.</summary>
/// <param name="Name">The metric, such as <c>recall@10</c>.</param>
/// <param name="Value">The figure.</param>
/// <param name="Low">The lower end of its 95 % bootstrap confidence interval, or <see langword="null"/> when none was computed.</param>
/// <param name="High">The upper end of that interval, or <see langword="null"/>.</param>
/// <param name="Samples">The number of customers, pairs or dates that the figure is a mean over.</param>
public sealed record MetricValue(string Name, double Value, double? Low, double? High, int Samples);
