namespace PostPurchase.Recommend.Tests.Architecture;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_api_is_the_one_under_version_control() =>
        AcceptedText.Check(
            Repository.PathOf("tests", "PublicApi", "PostPurchase.Recommend.txt"),
            string.Join('\n', PublicApi.Lines(typeof(IRecommender).Assembly)) + "\n");

    [Fact]
    public void A_recommender_answers_four_questions() => Assert.Equal(4, typeof(IRecommender).GetMethods().Length);

    [Fact]
    public void Declarations_are_written_as_a_user_types_them()
    {
        var lines = PublicApi.Lines(typeof(IRecommender).Assembly).ToArray();

        Assert.Contains("public interface PostPurchase.Recommend.IRecommender", lines);
        Assert.Contains("    ReplenishmentForecast Forecast(string customerId, string productId, DateOnly asOf)", lines);
        Assert.Contains("    IAsyncEnumerable<DuePurchase> DueAsync(DueQuery query, CancellationToken cancellation = default)", lines);
        Assert.Contains("    required string CustomerId { get; init; }", lines);
        Assert.Contains("    DateOnly? AsOf { get; init; }", lines);
        Assert.Contains("    string? OrderId { get; init; }", lines);
        Assert.Contains("public readonly struct PostPurchase.Recommend.DateWindow", lines);
        Assert.Contains("    Own = 4", lines);
        Assert.DoesNotContain(lines, line => line.Contains('<', StringComparison.Ordinal) && line.Contains("Clone", StringComparison.Ordinal));
    }
}
