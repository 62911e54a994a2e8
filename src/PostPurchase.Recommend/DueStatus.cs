namespace PostPurchase.Recommend;

/// <summary>
/// Where a purchase stands against the customer's usual gap on the day of asking: that of the product or, where the catalogue names a replenishment
/// group for it, that of the group, whichever of its products was bought last.
/// </summary>
public enum DueStatus
{
    /// <summary>The usual gap is not over yet: a reminder comes in time.</summary>
    Due = 0,

    /// <summary>The usual gap is over, but gaps this long are still common.</summary>
    Late = 1,

    /// <summary>Nine in ten gaps are shorter than this one already is: the customer may have stopped.</summary>
    Lapsed = 2,
}
