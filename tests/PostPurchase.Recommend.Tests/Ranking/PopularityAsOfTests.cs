using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;
using F = PostPurchase.Recommend.Ranking.RankingFeature;

namespace PostPurchase.Recommend.Tests.Ranking;

public sealed class PopularityAsOfTests
{
    private static readonly DateTime Start = new(2024, 1, 1);

    // Thirty customers on days of their own for fourteen months; one product is new, one was last sold long ago.
    private static readonly PurchaseColumns Columns = PurchaseHistory.From(
    [
        .. from customer in Enumerable.Range(0, 30)
           from visit in Enumerable.Range(0, 20)
           let day = (customer % 17) + (visit * 21)
           where day < 420
           select new OrderLine($"c{customer}", day > 400 ? "new" : $"p{(customer + visit) % 5}", Start.AddDays(day)),
        new OrderLine("c0", "old", Start.AddDays(30)),
    ]).Columns;

    private static readonly SalesCalendar Calendar = SalesCalendar.From(Columns);

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(60)]
    [InlineData(4000)]
    public void Days_after_the_log_know_the_latest_days_of_the_log(int later)
    {
        Assert.True(Calendar.HasDates);
        Assert.Equal(Columns.LastDay + 1, Calendar.EndDay);
        for (var product = 0; product < Columns.Products.Count; product++)
        {
            var (atEnd, after) = (Row(Calendar.EndDay, product), Row(Calendar.EndDay + later, product));
            for (var feature = F.Popularity_All; feature <= F.Popularity_AgeDays; feature++)
            {
                // What is a year ago, and how long a product has been sold, depend on the day itself.
                if (feature != F.Popularity_Season)
                    Assert.Equal(atEnd[(int)feature] + (feature == F.Popularity_AgeDays ? later : 0), after[(int)feature]);
            }
        }

        var popular = new PopularProducts(Calendar, Columns);
        Assert.Equal(popular.Probability(0, Calendar.EndDay), popular.Probability(0, Calendar.EndDay + later));
        Assert.Equal(Calendar.Share(0, Calendar.EndDay + 3 - 372, Calendar.EndDay + 3 - 344), Row(Calendar.EndDay + 3, 0)[(int)F.Popularity_Season]);
    }

    [Fact]
    public void Days_of_the_log_know_what_lies_before_them()
    {
        foreach (var day in new[] { Columns.FirstDay + 50, Columns.FirstDay + 300, Columns.LastDay })
        {
            for (var product = 0; product < Columns.Products.Count; product++)
            {
                var row = Row(day, product);
                Assert.Equal(Calendar.Share(product, day - 7, day), row[(int)F.Popularity_Week]);
                Assert.Equal(Calendar.Share(product, day - 30, day), row[(int)F.Popularity_Month]);
                var last = Calendar.Days(product).ToArray().Where(sold => sold < day).Select(sold => (float)(day - sold)).DefaultIfEmpty(float.NaN).Last();
                Assert.Equal(last, row[(int)F.Popularity_DaysSinceSale]);
            }
        }
    }

    private static float[] Row(int day, int product)
    {
        var row = new float[RankingFeatures.Count];
        new PopularityAsOf(Calendar, day).Fill(product, row);
        return row;
    }
}
