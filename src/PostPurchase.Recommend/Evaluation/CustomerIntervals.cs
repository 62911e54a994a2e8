namespace PostPurchase.Recommend.Evaluation;

/// <summary>One customer's days between visits, the last of them held out.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="LastKnownDay">The visit that the held-out interval starts with.</param>
/// <param name="Known">The earlier intervals in days, in order of time; at least one.</param>
/// <param name="HeldOut">The held-out interval in days.</param>
internal sealed record CustomerIntervals(string CustomerId, int LastKnownDay, int[] Known, int HeldOut);
