using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Orders;

internal static class RandomLines
{
    /// <summary>Few ids and days, so that merges, duplicates and returns are common; whole quantities, so that sums are exact.</summary>
    public static List<OrderLine> Draw(ulong seed, int count)
    {
        var random = new SeededRandom(seed);
        var start = new DateTime(2024, 1, 1);
        var lines = new List<OrderLine>();
        for (var i = 0; i < count; i++)
        {
            // Returns have seconds of their own day, after all purchases, as the rule for a day says.
            var isReturn = random.Next(8) == 0;
            lines.Add(new OrderLine($"c{random.Next(6)}", $"p{random.Next(5)}", start.AddDays(random.Next(20)).AddSeconds(isReturn ? 80_000 : random.Next(3)))
            {
                Quantity = isReturn ? -1 - random.Next(3) : 1 + random.Next(4),
                OrderId = $"o{random.Next(3)}",
                UnitPrice = 2,
            });
        }

        return lines;
    }

    public static List<OrderLine> Shuffle(List<OrderLine> lines, ulong seed)
    {
        var random = new SeededRandom(seed);
        var shuffled = lines.ToList();
        for (var i = shuffled.Count - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }
}
