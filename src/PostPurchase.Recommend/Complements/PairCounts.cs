namespace PostPurchase.Recommend.Complements;

/// <summary>
/// What a <see cref="LiftPrior"/> is learned from: pairs of an anchor and a product, whether the product ever followed or not; of a large range every
/// n-th anchor with every n-th product. Pairs of which chance expects about as many are counted together.
/// </summary>
internal static class PairCounts
{
    private const double MostPairs = 1e6;
    private const double LeastExpected = 1e-3;
    private const double CellsPerE = 10;
    private const int AnchorsPerBlock = 16;

    public static List<PairCount> Of(int products, Func<AnchorCounts> create, TrainingRun run)
    {
        var step = Math.Max(1, (int)Math.Ceiling(products / Math.Sqrt(MostPairs)));
        var anchors = (products + step - 1) / step;
        var blocks = new Dictionary<(int Count, int Cell), int>[(anchors + AnchorsPerBlock - 1) / AnchorsPerBlock];
        ParallelRows.For(anchors, AnchorsPerBlock, run, create, (counts, from, until) =>
        {
            var block = blocks[from / AnchorsPerBlock] = [];
            for (var i = from; i < until; i++)
            {
                counts.Load(i * step);
                // Another row of products for every anchor, so that all are looked at.
                for (var product = i % step; product < products; product += step)
                {
                    var expected = product == i * step ? 0 : counts.ExpectedAfter(product);
                    if (expected < LeastExpected)
                        continue;
                    var cell = (counts.After(product), (int)Math.Floor(Math.Log(expected) * CellsPerE));
                    block[cell] = block.GetValueOrDefault(cell) + 1;
                }
            }
        });
        return [.. blocks.SelectMany(block => block).GroupBy(cell => cell.Key, cell => cell.Value).OrderBy(cell => cell.Key)
            .Select(cell => new PairCount(cell.Key.Count, Math.Exp((cell.Key.Cell + 0.5) / CellsPerE), cell.Sum()))];
    }
}
