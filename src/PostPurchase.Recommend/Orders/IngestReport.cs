namespace PostPurchase.Recommend.Orders;

/// <summary>
/// What happened to every line that was read: <see cref="Accepted"/> + <see cref="Merged"/> + <see cref="Returned"/> +
/// <see cref="Rejected"/> = <see cref="LinesRead"/>, always.
/// </summary>
public sealed record IngestReport
{
    /// <summary>The number of rejected lines that are kept in full; the rest is counted.</summary>
    public const int MostSamples = 20;

    /// <summary>Lines read from the source, without a header.</summary>
    public required long LinesRead { get; init; }

    /// <summary>Lines that opened a purchase of their own, or an interaction.</summary>
    public required long Accepted { get; init; }

    /// <summary>Lines that were added to a purchase of the same customer, product and day, exact duplicates included.</summary>
    public required long Merged { get; init; }

    /// <summary>Of <see cref="Merged"/>, lines that repeat another line of the same order in every value; they add no quantity.</summary>
    public required long ExactDuplicates { get; init; }

    /// <summary>Lines that take back an earlier purchase, in whole or in part.</summary>
    public required long Returned { get; init; }

    /// <summary>Lines that were left out, by reason.</summary>
    public required IReadOnlyDictionary<RejectionReason, long> RejectedByReason { get; init; }

    /// <summary>
    /// At most <see cref="MostSamples"/> rejected lines in full, in the order of the source: the first ones of every reason, shared out evenly, so
    /// that each reason has some.
    /// </summary>
    public required IReadOnlyList<RejectedLine> RejectedSamples { get; init; }

    /// <summary>Lines that were left out.</summary>
    public long Rejected => RejectedByReason.Values.Sum();
}
