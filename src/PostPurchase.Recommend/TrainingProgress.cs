namespace PostPurchase.Recommend;

/// <summary>One report of a running training.</summary>
/// <param name="Stage">The stage that is running, in words for a person, such as "Matrix factorisation".</param>
/// <param name="Done">The share of the stage that is done, from 0 to 1.</param>
public readonly record struct TrainingProgress(string Stage, double Done);
