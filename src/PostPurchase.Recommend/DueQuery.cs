namespace PostPurchase.Recommend;

/// <summary>One question for the purchases that fall due inside a window of days.</summary>
public sealed record DueQuery
{
    /// <summary>The days asked about; the first one is also the day of asking: purchases on or after it are not looked at.</summary>
    public required DateWindow Window { get; init; }

    /// <summary>The least probability, from 0 to 1, that the purchase happens inside the window.</summary>
    /// <value>The default value is 0.1.</value>
    public double MinimumProbability { get; init; } = 0.1;

    internal void Validate()
    {
        new OptionErrors(nameof(DueQuery))
            .Require(Window.Days > 0, "Window is empty")
            .InRange(nameof(MinimumProbability), MinimumProbability, 0, 1)
            .ThrowIfAny();
    }
}
