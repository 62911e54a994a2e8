namespace PostPurchase.Samples;

/// <summary>Something a customer will buy, once or again and again; days count from the first day of the log.</summary>
internal sealed class Need
{
    /// <summary>The day of a need that is over.</summary>
    public const int Never = int.MaxValue;

    public required int Family { get; init; }

    public required int Brand { get; init; }

    /// <summary>How long one unit lasts this customer on average.</summary>
    public double DaysPerUnit { get; init; }

    public double Regularity { get; init; }

    public int UsualQuantity { get; init; } = 1;

    /// <summary>The exact moment the next purchase falls due, before weekday habits move it.</summary>
    public double DueAt { get; set; }

    /// <summary>The day of the next purchase, or <see cref="Never"/>.</summary>
    public int Day { get; set; }

    /// <summary>The day of the last purchase so far.</summary>
    public int LastDay { get; set; } = int.MinValue;

    /// <summary>Whether the customer has turned away from the product for good.</summary>
    public bool Stopped { get; set; }
}
