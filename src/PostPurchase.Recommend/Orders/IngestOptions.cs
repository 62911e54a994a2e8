namespace PostPurchase.Recommend.Orders;

/// <summary>How to read a log of orders.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record IngestOptions
{
    /// <summary>Only lines dated before this day are used; later ones are rejected as <see cref="RejectionReason.OutsideRange"/> before anything else of them is looked at.</summary>
    /// <value>The default value is <see langword="null"/>: all lines are used.</value>
    public DateOnly? Until { get; init; }

    /// <summary>
    /// Products that are no products (postage, fees, adjustments): ids, or patterns in which <c>*</c> stands for any run
    /// of characters and <c>?</c> for any one. Upper and lower case are the same here.
    /// </summary>
    /// <value>The default value is the empty list.</value>
    public IReadOnlyList<string> ExcludeProducts { get; init; } = [];

    /// <summary>Whether lines with a price of zero or less count as purchases.</summary>
    /// <value>The default value is <see langword="false"/>: they are rejected as <see cref="RejectionReason.NoPrice"/>. Lines without a price are always used.</value>
    public bool KeepFreeLines { get; init; }

    /// <summary>Whether returns cancel the purchases they take back.</summary>
    /// <value>The default value is <see langword="true"/>; with <see langword="false"/> they are counted and otherwise ignored.</value>
    public bool ReturnsCancel { get; init; } = true;

    /// <summary>What to do with a line whose values cannot be read.</summary>
    /// <value>The default value is <see cref="MalformedLines.Reject"/>.</value>
    public MalformedLines MalformedLines { get; init; } = MalformedLines.Reject;

    /// <summary>Whether a source must have a timestamp column; only uses that ignore time, such as a bare factorisation, do without.</summary>
    /// <value>The default value is <see langword="true"/>. Without timestamps every line is dated to the first day of the calendar.</value>
    public bool TimestampRequired { get; init; } = true;

    /// <summary>Whether a source must have a product column; what asks about visits only, whatever was bought, does without.</summary>
    /// <value>
    /// The default value is <see langword="true"/>. Without products every line is one of a product called "visit", and returns, which cannot say of what
    /// they are, cancel nothing.
    /// </value>
    public bool ProductRequired { get; init; } = true;

    /// <summary>What is known of the products beside the log: categories, pack sizes, and the consumables of base products.</summary>
    /// <value>The default value is <see langword="null"/>: nothing.</value>
    public ProductCatalog? Catalog { get; init; }

    /// <summary>Receives the share of a file that has been read, from 0 to 1.</summary>
    /// <value>The default value is <see langword="null"/>: nothing is reported.</value>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Stops the reading with an <see cref="OperationCanceledException"/>.</summary>
    /// <value>The default value is <see cref="CancellationToken.None"/>: nothing stops it.</value>
    public CancellationToken Cancellation { get; init; }
}
