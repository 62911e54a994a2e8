using System.Globalization;
using System.Text;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Replenishment;

public sealed class PackSizeForecastTests
{
    [Fact]
    public void Who_last_bought_the_larger_pack_is_due_later()
    {
        var random = new SeededRandom(5);
        var csv = new StringBuilder("customer_id,product_id,timestamp,pack_size\n");
        for (var customer = 0; customer < 400; customer++)
        {
            var day = random.NextDouble() * 100;
            while (day < 700)
            {
                var pack = random.Next(2) == 0 ? 10 : 30;
                csv.Append(CultureInfo.InvariantCulture, $"c{customer:D3},tabs,{RhythmicLog.FirstDay.AddDays((int)day):yyyy-MM-dd},{pack}\n");
                day += 2 * pack * Math.Exp(0.15 * random.NextNormal());
            }
        }

        foreach (var (customer, last) in (ReadOnlySpan<(string, int)>)[("small", 10), ("large", 30)])
        {
            foreach (var (day, pack) in (ReadOnlySpan<(int, int)>)[(560, 10), (580, 30), (640, 10), (660, 10), (680, last)])
                csv.Append(CultureInfo.InvariantCulture, $"{customer},tabs,{RhythmicLog.FirstDay.AddDays(day):yyyy-MM-dd},{pack}\n");
        }

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString()));
        var model = new PostPurchaseTrainer().Train(PurchaseHistory.FromCsv(stream, "orders.csv"));
        var asOf = RhythmicLog.FirstDay.AddDays(681);
        int DaysToDue(string customer) => model.Forecast(customer, "tabs", asOf).DueDate!.Value.DayNumber - asOf.DayNumber;
        Assert.InRange(DaysToDue("small"), 13, 27);
        Assert.InRange(DaysToDue("large"), 42, 68);
    }
}
