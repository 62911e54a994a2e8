using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;
using F = PostPurchase.Recommend.Ranking.RankingFeature;

namespace PostPurchase.Recommend.Tests.Ranking;

/// <summary>What belongs to a day of the week is known by it, where days are dates.</summary>
public sealed class WeekdayTests
{
    // Everybody comes daily for seven weeks; ROAST is bought on the first day of each, MILK on all of them.
    private static PurchaseHistory Daily(DateTime start) => PurchaseHistory.From(Enumerable.Range(0, 20).SelectMany(c => Enumerable.Range(c, 49)
        .SelectMany(day => new[] { "MILK", day % 7 == 0 ? "ROAST" : "RICE" }.Select(product => new OrderLine($"C{c:00}", product, start.AddDays(day))))));

    [Fact]
    public void The_day_of_the_week_raises_what_is_bought_on_it_and_nothing_else()
    {
        var start = SmallStore.Start;

        // Seven of seven visits on its day for one in seven of all, each with five visits of the mean beside them.
        Assert.Equal((7 + (5 / 7f)) / (7 + 5) * 7, Feature(Daily(start), start.AddDays(49), "ROAST"), 1e-5f);
        Assert.Equal(5f / (7 + 5), Feature(Daily(start), start.AddDays(50), "ROAST"), 1e-5f);
        Assert.Equal(1, Feature(Daily(start), start.AddDays(50), "MILK"), 1e-5f);
    }

    [Fact]
    public void A_log_moved_by_days_gives_the_same_answer() => Assert.Equal(
        Feature(Daily(SmallStore.Start), SmallStore.Start.AddDays(49), "ROAST"),
        Feature(Daily(SmallStore.Start.AddDays(3)), SmallStore.Start.AddDays(52), "ROAST"));

    [Fact]
    public void Sequence_numbers_have_no_days_of_the_week()
    {
        var history = PurchaseHistory.From(Enumerable.Range(0, 20).SelectMany(c => Enumerable.Range(0, 20)
            .Select(day => new OrderLine($"C{c:00}", "MILK", SmallStore.Start.AddDays(day)))));

        Assert.Equal(float.NaN, Feature(history, SmallStore.Start.AddDays(20), "MILK"));
    }

    private static float Feature(PurchaseHistory history, DateTime asOf, string product)
    {
        var columns = history.Columns;
        var sources = RankingSources.From(
            columns, SalesCalendar.From(columns), new ImplicitAlsTrainer(SmallStore.FastOptions.Factorization), new TrainingRun { Threads = 1 });
        var scratch = sources.NewScratch();
        scratch.State.Load(columns, customer: 0, DateOnly.FromDateTime(asOf).DayNumber);
        CandidateFinder.Find(sources, customer: 0, newOnly: false, scratch);
        var rows = new float[scratch.Candidates.Count * RankingFeatures.Count];
        RankingFeatures.Fill(sources, scratch, rows);
        return rows[(scratch.Candidates.IndexOf(columns.Products.Find(product)) * RankingFeatures.Count) + (int)F.Own_Weekday];
    }
}
