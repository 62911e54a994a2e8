namespace PostPurchase.Recommend.Orders;

/// <summary>What to do with a line whose values cannot be read.</summary>
public enum MalformedLines
{
    /// <summary>Leave the line out and report it with its number and reason.</summary>
    Reject = 0,

    /// <summary>Stop reading with a <see cref="MalformedInputException"/>.</summary>
    Throw = 1,
}
