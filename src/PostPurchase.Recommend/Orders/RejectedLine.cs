namespace PostPurchase.Recommend.Orders;

/// <summary>One line that was left out.</summary>
/// <param name="LineNumber">The line's number in its source, the first line being 1 (the header of a CSV file counts).</param>
/// <param name="Reason">Why it was left out.</param>
/// <param name="Detail">The offending value and what was expected, for a person.</param>
public sealed record RejectedLine(long LineNumber, RejectionReason Reason, string Detail);
