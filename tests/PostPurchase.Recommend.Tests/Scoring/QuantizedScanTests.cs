using PostPurchase.Recommend.Scoring;

namespace PostPurchase.Recommend.Tests.Scoring;

/// <summary>The detour by eight-bit values must give the list of the plain scan, item for item and bit for bit.</summary>
public class QuantizedScanTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_answer_is_that_of_the_plain_scan(bool accelerated)
    {
        // Without the instructions both runs take the plain path.
        accelerated &= QuantizedScan.IsAccelerated;
        var random = new SeededRandom(23);
        foreach (var (name, value) in Shapes(random))
        {
            foreach (var factors in new[] { 1, 5, 16, 67 })
            {
                const int count = 700;
                var items = new float[count * factors];
                var scales = new float[count];
                for (var i = 0; i < count; i++)
                {
                    scales[i] = i % 3 == 0 ? 1 : 0.5f + (float)random.NextDouble();
                    for (var k = 0; k < factors; k++)
                        items[(i * factors) + k] = value(i, k);
                }

                var panels = ItemPanels.Pack(items, count, factors, factors, scales);
                var quantized = QuantizedItems.Pack(items, count, factors, factors, scales);
                for (var c = 0; c < 6; c++)
                {
                    var customer = Enumerable.Range(0, factors).Select(k => value(c * 31, k) + (c > 2 ? value(c, k) : 0)).ToArray();
                    var mask = new ulong[c % 2 == 0 ? 0 : panels.Panels];
                    foreach (ref var word in mask.AsSpan())
                        word = random.NextUInt64();
                    foreach (var wanted in new[] { 0, 1, 10, 900 })
                    {
                        var (expected, actual) = (new ScoredItem[wanted], new ScoredItem[wanted]);
                        var found = TopItems.Find(panels, customer, mask, expected);
                        Assert.Equal(found, QuantizedScan.Find(accelerated, quantized, customer, mask, actual, int.MaxValue));
                        Assert.True(expected.AsSpan(0, found).SequenceEqual(actual.AsSpan(0, found)), $"{name}, {factors} factors, customer {c}, {wanted} wanted");
                    }
                }
            }
        }
    }

    [Fact]
    public void Vectors_that_are_not_finite_are_treated_as_in_the_plain_scan()
    {
        float[] items = [1, 2, float.NaN, 0, float.PositiveInfinity, 1, 3, 3, 0, float.NegativeInfinity, 0, 0];
        var panels = ItemPanels.Pack(items, 6, 2, 2);
        var quantized = QuantizedItems.Pack(items, 6, 2, 2, []);
        foreach (var customer in new[] { [1f, 1f], [-1f, 0.5f], [float.NaN, 1f], new[] { float.PositiveInfinity, 1f }, [0f, 0f] })
        {
            var (expected, actual) = (new ScoredItem[4], new ScoredItem[4]);
            Assert.Equal(TopItems.Find(panels, customer, [], expected), QuantizedScan.Find(quantized, customer, [], actual));
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Short_vectors_end_the_scan_early()
    {
        // The first ten are a thousand times as long as the others: one panel is enough, whatever the others hold.
        const int count = 640;
        var items = new float[count * 2];
        for (var i = 0; i < count; i++)
            (items[2 * i], items[(2 * i) + 1]) = i % 64 == 7 ? (1000 + i, 0) : (0.1f, 0.2f);
        var quantized = QuantizedItems.Pack(items, count, 2, 2, []);
        Assert.Equal([583, 519, 455], quantized.Item[..3]);
        // Places after the first panel hold no valid product any more: reading them would throw.
        quantized.Item.AsSpan(QuantizedItems.Width).Fill(int.MaxValue);
        var best = new ScoredItem[10];
        Assert.Equal(10, QuantizedScan.Find(quantized, [1, 0], [], best));
        Assert.Equal(1583, best[0].Score);
    }

    [Fact]
    public void A_scan_gives_up_beyond_its_limit_and_is_exact_within()
    {
        var random = new SeededRandom(8);
        var items = new float[900 * 6];
        foreach (ref var value in items.AsSpan())
            value = (float)random.NextNormal();
        var panels = ItemPanels.Pack(items, 900, 6, 6);
        var quantized = QuantizedItems.Pack(items, 900, 6, 6, []);
        float[] customer = [1, -2, 0.5f, 3, 0, 1];
        var (expected, actual) = (new ScoredItem[7], new ScoredItem[7]);
        TopItems.Find(panels, customer, [], expected);
        var enough = Enumerable.Range(0, 901).First(limit => QuantizedScan.TryFind(quantized, customer, [], actual, limit) >= 0);
        Assert.InRange(enough, 7, 300);
        Assert.Equal(-1, QuantizedScan.TryFind(quantized, customer, [], actual, enough - 1));
        Assert.Equal(7, QuantizedScan.TryFind(quantized, customer, [], actual, enough));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused_and_a_request_allocates_nothing()
    {
        var quantized = QuantizedItems.Pack(new float[400], 200, 2, 2, []);
        Assert.Throws<ArgumentException>(() => QuantizedScan.Find(quantized, [1], [], new ScoredItem[1]));
        Assert.Throws<ArgumentException>(() => QuantizedScan.Find(quantized, [1, 2], [1, 2], new ScoredItem[1]));
        var (customer, best) = (new float[2], new ScoredItem[3]);
        QuantizedScan.Find(quantized, customer, [], best);
        var before = GC.GetAllocatedBytesForCurrentThread();
        QuantizedScan.Find(quantized, customer, [], best);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Vectors made to mislead a bound: ties, one huge value among tiny ones, values halfway between two steps, tiny numbers.</summary>
    private static IEnumerable<(string Name, Func<int, int, float> Value)> Shapes(SeededRandom random)
    {
        yield return ("normal", (_, _) => (float)random.NextNormal());
        yield return ("ties", (i, k) => ((i / 50) + k) % 3);
        yield return ("equal", (_, _) => 1);
        yield return ("zero", (_, _) => 0);
        yield return ("one huge value", (i, k) => k == 0 ? (i % 2 == 0 ? 1e6f : -1e6f) : (float)random.NextNormal());
        yield return ("halfway", (i, k) => k == 0 ? 127 : (((i * 7) + (k * 3)) % 100) - 49.5f);
        yield return ("nearly equal", (i, k) => 1 + (i * 1e-7f) - (k * 1e-6f));
        yield return ("skewed lengths", (i, _) => (float)(random.NextNormal() * Math.Pow(0.98, i)));
        yield return ("tiny", (_, _) => (float)random.NextNormal() * 1e-22f);
        yield return ("denormal", (_, _) => (float)random.NextNormal() * 1e-42f);
        yield return ("large", (_, _) => (float)random.NextNormal() * 1e17f);
    }
}
