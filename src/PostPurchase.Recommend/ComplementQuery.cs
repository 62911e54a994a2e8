namespace PostPurchase.Recommend;

/// <summary>One question for what goes with the products of a basket.</summary>
public sealed record ComplementQuery
{
    /// <summary>The products that were just bought; unknown ones are passed over.</summary>
    public required IReadOnlyList<string> BasketProductIds { get; init; }

    /// <summary>The number of complements wanted, from 1 to 10,000.</summary>
    /// <value>The default value is 10.</value>
    public int Count { get; init; } = 10;

    internal void Validate()
    {
        new OptionErrors(nameof(ComplementQuery))
            .Require(BasketProductIds is { Count: > 0 }, "BasketProductIds is empty")
            .InRange(nameof(Count), Count, 1, 10_000)
            .ThrowIfAny();
    }
}
