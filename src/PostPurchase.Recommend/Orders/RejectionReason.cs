namespace PostPurchase.Recommend.Orders;

/// <summary>Why a line of the log was left out.</summary>
public enum RejectionReason
{
    /// <summary>The line has no customer: a guest checkout.</summary>
    GuestCheckout,

    /// <summary>The line has no product.</summary>
    NoProduct,

    /// <summary>The product is excluded by the caller's list or patterns (postage, fees, adjustments).</summary>
    ExcludedProduct,

    /// <summary>The price is zero or negative: a sample, a correction, a bad debt.</summary>
    NoPrice,

    /// <summary>A return for which no earlier purchase is in the log.</summary>
    UnmatchedReturn,

    /// <summary>The line is dated on or after the end of the training range.</summary>
    OutsideRange,

    /// <summary>A value cannot be read: a date that is no date, a quantity that is no finite number, too few columns.</summary>
    Malformed,
}
