using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Replenishment;

/// <summary>A log whose gaps are known: log-normal around each product's median, with a share of customers that stop after every purchase.</summary>
internal static class RhythmicLog
{
    public static readonly DateOnly FirstDay = new(2022, 1, 1);

    public static List<OrderLine> Lines(
        int customers, IReadOnlyList<(string Product, double Median, double Spread, double Stop)> products, int days, ulong seed, double quantityExponent = 0)
    {
        List<OrderLine> lines = [];
        var random = new SeededRandom(seed);
        for (var customer = 0; customer < customers; customer++)
        {
            foreach (var (product, median, spread, stop) in products)
            {
                var day = random.NextDouble() * days / 2;
                while (day < days)
                {
                    var quantity = quantityExponent > 0 ? 1 + random.Next(4) : 1;
                    lines.Add(Line($"c{customer:D4}", product, (int)day) with { Quantity = quantity });
                    if (random.NextDouble() < stop)
                        break;
                    day += Math.Max(1, median * Math.Pow(quantity, quantityExponent) * Math.Exp(spread * random.NextNormal()));
                }
            }
        }

        return lines;
    }

    public static OrderLine Line(string customer, string product, int day) =>
        new(customer, product, FirstDay.AddDays(day).ToDateTime(TimeOnly.MinValue));
}
