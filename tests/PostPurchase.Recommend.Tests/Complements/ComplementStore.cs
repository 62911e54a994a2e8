using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Complements;

/// <summary>A store with a known truth: sharpeners follow knives, two brands of tea replace each other, all else is chance.</summary>
internal static class ComplementStore
{
    public static readonly DateTime Start = new(2024, 1, 1);

    public static List<OrderLine> Draw(ulong seed, int customers, double sharpenerAfterKnife = 0.5)
    {
        var random = new SeededRandom(seed);
        List<OrderLine> lines = [];
        for (var c = 0; c < customers; c++)
        {
            var id = $"c{c:D4}";
            void Buy(string product, int day) => lines.Add(new OrderLine(id, product, Start.AddDays(day)));
            for (var n = 0; n < 8; n++)
                Buy($"other{random.Next(40):D2}", random.Next(360));
            if (random.Next(3) == 0)
            {
                var knife = random.Next(250);
                Buy("knife", knife);
                if (random.NextDouble() < sharpenerAfterKnife)
                    Buy("sharpener", knife + 1 + random.Next(60));
            }

            // Everybody drinks one tea, and half of them change to the other brand within a few weeks, in both directions alike.
            var first = random.Next(2);
            var tea = random.Next(200);
            Buy($"tea{first}", tea);
            if (random.Next(2) == 0)
                Buy($"tea{1 - first}", tea + 10 + random.Next(60));
        }

        return lines;
    }
}
