using System.Globalization;

namespace PostPurchase.Recommend;

/// <summary>Why a product is recommended, in numbers; <see cref="ToString"/> renders the sentence.</summary>
public sealed record RecommendationReason
{
    /// <summary>The main reason.</summary>
    public required ReasonKind Kind { get; init; }

    /// <summary>On how many days the customer bought the product before.</summary>
    public int TimesBought { get; init; }

    /// <summary>The mean number of days between those purchases, or <see langword="null"/> with fewer than two.</summary>
    public double? MeanGapDays { get; init; }

    /// <summary>Days since the customer last bought the product, or <see langword="null"/> when never.</summary>
    public int? DaysSinceLast { get; init; }

    /// <summary>For <see cref="ReasonKind.GoesWith"/>, the product it goes with.</summary>
    public string? RelatedProductId { get; init; }

    /// <summary>
    /// For <see cref="ReasonKind.Viewed"/>, <see cref="ReasonKind.AddedToCart"/> and <see cref="ReasonKind.WishedFor"/>, the days since the customer last did any of
    /// these with the product. The kind is the strongest of them: cart before wish list before view.
    /// </summary>
    public int? DaysSinceInteraction { get; init; }

    /// <summary>The reason as a sentence without a full stop, such as "bought 4 times, about every 31 days, last 29 days ago".</summary>
    public override string ToString() => Kind switch
    {
        ReasonKind.BoughtBefore => BoughtBefore(),
        ReasonKind.GoesWith => $"goes with {RelatedProductId}, bought before",
        ReasonKind.SimilarCustomers => "customers with a similar history buy it",
        ReasonKind.Viewed => Interacted("looked at"),
        ReasonKind.AddedToCart => Interacted("put into the cart"),
        ReasonKind.WishedFor => Interacted("wished for"),
        _ => "many customers buy it now",
    };

    private string Interacted(string how) => DaysSinceInteraction is { } days ? $"{how} {Days(days)} ago" : how;

    private string BoughtBefore()
    {
        var times = TimesBought == 1 ? "bought once" : string.Create(CultureInfo.InvariantCulture, $"bought {TimesBought} times");
        var rhythm = MeanGapDays is { } gap ? string.Create(CultureInfo.InvariantCulture, $", about every {Days(gap)}") : "";
        var last = DaysSinceLast is { } days ? $", last {Days(days)} ago" : "";
        return times + rhythm + last;
    }

    private static string Days(double days)
    {
        var rounded = Math.Round(days);
        return rounded == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{rounded} days");
    }
}
