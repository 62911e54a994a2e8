namespace PostPurchase.Recommend.Tests;

public sealed class RecommendationReasonTests
{
    public static TheoryData<RecommendationReason, string> Sentences => new()
    {
        { new() { Kind = ReasonKind.BoughtBefore, TimesBought = 4, MeanGapDays = 31.4, DaysSinceLast = 29 }, "bought 4 times, about every 31 days, last 29 days ago" },
        { new() { Kind = ReasonKind.BoughtBefore, TimesBought = 1, DaysSinceLast = 1 }, "bought once, last 1 day ago" },
        { new() { Kind = ReasonKind.BoughtBefore, TimesBought = 2, MeanGapDays = 1.2, DaysSinceLast = 0 }, "bought 2 times, about every 1 day, last 0 days ago" },
        { new() { Kind = ReasonKind.BoughtBefore, TimesBought = 3 }, "bought 3 times" },
        { new() { Kind = ReasonKind.GoesWith, RelatedProductId = "tea" }, "goes with tea, bought before" },
        { new() { Kind = ReasonKind.SimilarCustomers }, "customers with a similar history buy it" },
        { new() { Kind = ReasonKind.Popular }, "many customers buy it now" },
        { new() { Kind = ReasonKind.Viewed, DaysSinceInteraction = 1 }, "looked at 1 day ago" },
        { new() { Kind = ReasonKind.AddedToCart, DaysSinceInteraction = 12 }, "put into the cart 12 days ago" },
        { new() { Kind = ReasonKind.WishedFor }, "wished for" },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void Every_reason_reads_as_a_sentence(RecommendationReason reason, string sentence) => Assert.Equal(sentence, reason.ToString());
}
