using PostPurchase.Recommend.Complements;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Ranking;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend.Tests;

/// <summary>What is learned from product to product costs memory in proportion to the products.</summary>
public sealed class LargeCatalogueTests
{
    [Fact]
    public void Twice_the_products_take_twice_the_memory()
    {
        var (small, large) = (Columns(20_000), Columns(40_000));
        var run = new TrainingRun { Threads = 1 };
        Proportional(columns => new ComplementTrainer(new ComplementOptions()).Train(columns, run));
        Proportional(columns => BasketTransitions.From(columns, run));
        Proportional(columns => ConsumableLinkTrainer.Train(columns, PurchasePairs.From(columns), new ReplenishmentOptions(), run));

        void Proportional(Action<PurchaseColumns> train)
        {
            // Once before, so that nothing is counted that is made for the first time.
            train(small);
            var (one, two) = (Allocated(train, small), Allocated(train, large));
            Assert.True(two < 2.6 * one, $"{one / 1e6:F1} MB, then {two / 1e6:F1} MB");
        }
    }

    private static long Allocated(Action<PurchaseColumns> train, PurchaseColumns columns)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        train(columns);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static PurchaseColumns Columns(int products)
    {
        var random = new SeededRandom(3);
        return PurchaseHistory.From(Enumerable.Range(0, products).Select(p =>
            new OrderLine($"c{random.Next(products / 4):D6}", $"p{p:D7}", new DateTime(2024, 1, 1).AddDays(random.Next(400))))).Columns;
    }
}
