using PostPurchase.Recommend.Boosting;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Ranking;

namespace PostPurchase.Recommend.Tests.Ranking;

/// <summary>
/// A store made so that the answer is known: every customer has three favourites bought at nearly every visit, product
/// "P00" is in half of all baskets, and "KNIFE" is followed by "STONE" at the next visit.
/// </summary>
internal static class SmallStore
{
    public const int Products = 40;

    public static DateTime Start { get; } = new(2024, 1, 1);

    public static List<OrderLine> Lines(int customers, int visits, ulong seed)
    {
        List<OrderLine> lines = [];
        for (var c = 0; c < customers; c++)
        {
            var random = new SeededRandom(seed, (ulong)c);
            var favourites = Enumerable.Range(0, 3).Select(i => 1 + ((c + (i * 7)) % (Products - 1))).ToArray();
            var day = random.Next(20);
            var knife = 1 + random.Next(visits - 1);
            for (var v = 0; v < visits; v++)
            {
                var when = Start.AddDays(day);
                foreach (var favourite in favourites)
                {
                    if (random.NextDouble() < 0.8)
                        Buy($"P{favourite:00}");
                }

                if (random.NextDouble() < 0.5)
                    Buy("P00");
                if (random.NextDouble() < 0.3)
                    Buy($"P{1 + random.Next(Products - 1):00}");
                if (v == knife)
                    Buy("KNIFE");
                if (v == knife + 1)
                    Buy("STONE");
                Buy("BAG");
                day += 5 + random.Next(10);

                void Buy(string product) => lines.Add(new OrderLine($"C{c:000}", product, when));
            }
        }

        return lines;
    }

    public static PurchaseHistory History(int customers = 60, int visits = 8, ulong seed = 1) =>
        PurchaseHistory.From(Lines(customers, visits, seed));

    public static RankingOptions FastOptions { get; } = new()
    {
        Trees = new BoostedTreesOptions { Trees = 20, MaxLeaves = 8, MinLeafRows = 30 },
    };

    public static RankingModel Train(PurchaseHistory history, int threads = 1) =>
        new RankingTrainer(FastOptions).Train(history.Columns, new TrainingRun { Threads = threads });

    public static byte[] Bytes(RankingModel model)
    {
        using var stream = new MemoryStream();
        model.Write(new SectionWriter(stream));
        return stream.ToArray();
    }

    public static RankingModel Read(byte[] bytes, PurchaseHistory history)
    {
        var reader = new SectionReader("ranking", new MemoryStream(bytes), bytes.Length);
        var model = RankingModel.Read(reader, history.Columns);
        reader.ExpectEnd();
        return model;
    }
}
