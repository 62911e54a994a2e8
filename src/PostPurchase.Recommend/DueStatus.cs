namespace PostPurchase.Recommend;

/// <summary>Where a purchase stands against the customer's usual gap for the product on the day of asking.</summary>
public enum DueStatus
{
    /// <summary>The usual gap is not over yet: a reminder comes in time.</summary>
    Due = 0,

    /// <summary>The usual gap is over, but gaps this long are still common.</summary>
    Late = 1,

    /// <summary>Nine in ten gaps are shorter than this one already is: the customer may have stopped.</summary>
    Lapsed = 2,
}
