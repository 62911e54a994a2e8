using PostPurchase.Recommend.Scoring;
using PostPurchase.Recommend.Scoring.Kernels;

namespace PostPurchase.Recommend.Tests.Scoring;

public class TopItemsTests
{
    public static TheoryData<string> Kernels => [.. FloatKernels.All.Select(kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void The_best_items_are_those_of_a_full_sort(string name)
    {
        var kernel = FloatKernels.Choose(name);
        var random = new SeededRandom(17);
        foreach (var count in new[] { 1, 15, 63, 64, 65, 200, 1000 })
        {
            foreach (var factors in new[] { 1, 7, 16, 33 })
            {
                // Few different values make many ties.
                var coarse = count % 2 == 0;
                var items = Vectors(count, factors, coarse, random);
                var customer = Vectors(1, factors, coarse, random);
                var panels = ItemPanels.Pack(items, count, factors, factors);
                foreach (var masked in new[] { false, true })
                {
                    var mask = new ulong[masked ? panels.Panels : 0];
                    for (var i = 0; masked && i < count; i++)
                    {
                        if (random.NextDouble() < 0.3)
                            Eligibility.Allow(mask, i);
                    }

                    foreach (var wanted in new[] { 0, 1, 10, 2000 })
                    {
                        var best = new ScoredItem[wanted];
                        var found = TopItems.Find(kernel, panels, customer, mask, best);
                        Assert.Equal(FullSort(items, count, customer, mask, wanted), best[..found]);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Many_customers_at_once_get_what_each_gets_alone(string name)
    {
        var kernel = FloatKernels.Choose(name);
        var random = new SeededRandom(19);
        var items = Vectors(300, 21, coarse: false, random);
        var panels = ItemPanels.Pack(items, 300, 21, 21);
        foreach (var customers in new[] { 0, 1, 2, 7, 8, 20 })
        {
            var vectors = Vectors(customers, 21, coarse: false, random);
            foreach (var masked in new[] { false, true })
            {
                var masks = new ulong[masked ? customers * panels.Panels : 0];
                foreach (ref var word in masks.AsSpan())
                    word = random.NextUInt64() & random.NextUInt64() & random.NextUInt64() & random.NextUInt64();
                foreach (var wanted in new[] { 0, 1, 12, 40 })
                {
                    var best = new ScoredItem[customers * wanted];
                    var found = new int[customers];
                    TopItems.FindMany(kernel, panels, vectors, masks, best, found);
                    for (var c = 0; c < customers; c++)
                    {
                        var alone = new ScoredItem[wanted];
                        var mask = masked ? masks.AsSpan(c * panels.Panels, panels.Panels) : [];
                        var count = TopItems.Find(FloatKernels.Scalar, panels, vectors.AsSpan(c * 21, 21), mask, alone);
                        Assert.Equal(count, found[c]);
                        Assert.Equal(alone[..count], best[(c * wanted)..((c * wanted) + count)]);
                    }
                }
            }
        }
    }

    [Fact]
    public void Scores_that_are_no_numbers_are_left_out()
    {
        var items = new[] { 1f, float.NaN, float.NegativeInfinity, 2f };
        var best = new ScoredItem[4];
        Assert.Equal(2, TopItems.Find(ItemPanels.Pack(items, 4, 1, 1), [1], [], best));
        Assert.Equal([3, 0], best[..2].Select(item => item.Item));
        Assert.Equal(0, TopItems.Find(ItemPanels.Pack(items, 4, 1, 1), [float.NaN], [], best));
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        var panels = ItemPanels.Pack(new float[200], 100, 2, 2);
        Assert.Throws<ArgumentException>(() => TopItems.Find(panels, [1], [], new ScoredItem[1]));
        Assert.Throws<ArgumentException>(() => TopItems.Find(panels, [1, 2], [1], new ScoredItem[1]));
        Assert.Throws<ArgumentException>(() => TopItems.FindMany(panels, [1, 2, 3], [], new ScoredItem[2], new int[2]));
        Assert.Throws<ArgumentException>(() => TopItems.FindMany(panels, [1, 2, 3, 4], [1, 2, 3], new ScoredItem[2], new int[2]));
        Assert.Throws<ArgumentException>(() => TopItems.FindMany(panels, [1, 2, 3, 4], [], new ScoredItem[3], new int[2]));
    }

    [Fact]
    public void A_request_allocates_nothing()
    {
        var panels = ItemPanels.Pack(new float[1000 * 8], 1000, 8, 8);
        var (customer, best, mask) = (new float[8], new ScoredItem[10], new ulong[panels.Panels]);
        Eligibility.AllowAll(mask);
        TopItems.Find(panels, customer, mask, best);
        var before = GC.GetAllocatedBytesForCurrentThread();
        TopItems.Find(panels, customer, mask, best);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ScoredItem[] FullSort(float[] items, int count, float[] customer, ulong[] mask, int wanted) =>
        [.. Enumerable.Range(0, count)
            .Where(i => mask.Length == 0 || Eligibility.Allows(mask, i))
            .Select(i => new ScoredItem(i, Score(items, i, customer)))
            .OrderByDescending(item => item.Score).ThenBy(item => item.Item)
            .Take(wanted)];

    private static float Score(float[] items, int item, float[] customer)
    {
        var score = 0f;
        for (var k = 0; k < customer.Length; k++)
            score = MathF.FusedMultiplyAdd(customer[k], items[(item * customer.Length) + k], score);
        return score;
    }

    private static float[] Vectors(int count, int factors, bool coarse, SeededRandom random)
    {
        var values = new float[count * factors];
        foreach (ref var value in values.AsSpan())
            value = coarse ? random.Next(3) - 1 : (float)random.NextNormal();
        return values;
    }
}
