using PostPurchase.Recommend.Scoring;

namespace PostPurchase.Recommend.Factorization;

/// <summary>Pairs of customers and products that a trial does not see, to measure how well it finds them.</summary>
/// <param name="Rest">What a trial is trained on.</param>
/// <param name="Hidden">The hidden pairs, by customer.</param>
internal sealed record HiddenPairs(InteractionMatrix Rest, SparseRows Hidden)
{
    private const int ListLength = 20;
    private const int MostCustomers = 2000;
    private const int BatchCustomers = 64;

    public int Count => Hidden.Entries;

    /// <summary>Hides each pair with the same probability; a customer's draws do not depend on other customers.</summary>
    public static HiddenPairs Draw(InteractionMatrix interactions, double share, ulong seed)
    {
        var rows = interactions.ByCustomer;
        var taken = new float[rows.Entries];
        for (var row = 0; row < rows.Rows; row++)
        {
            var random = new SeededRandom(seed, (ulong)row + 1);
            for (var entry = rows.Start[row]; entry < rows.Start[row + 1]; entry++)
                taken[entry] = random.NextDouble() < share ? rows.Value[entry] : 0;
        }

        return Split(rows, taken);
    }

    /// <summary>
    /// Splits in time: takes every customer's last visit away and hides what was new at it. What had been bought before counts one
    /// visit less; customers of a single visit stay whole, since nothing would tell what they want.
    /// </summary>
    /// <param name="interactions">A matrix that <see cref="InteractionMatrix.KnowsLastVisits"/>.</param>
    public static HiddenPairs LastVisits(InteractionMatrix interactions)
    {
        var rows = interactions.ByCustomer;
        var taken = new float[rows.Entries];
        for (var row = 0; row < rows.Rows; row++)
        {
            var hasEarlier = false;
            for (var entry = rows.Start[row]; entry < rows.Start[row + 1]; entry++)
            {
                taken[entry] = interactions.IsAtLastVisit(entry) ? 1 : 0;
                hasEarlier |= rows.Value[entry] > taken[entry];
            }

            if (!hasEarlier)
                taken.AsSpan(rows.Start[row]..rows.Start[row + 1]).Clear();
        }

        return Split(rows, taken);
    }

    // Pairs of which nothing is left are hidden.
    private static HiddenPairs Split(SparseRows rows, float[] taken)
    {
        List<int>[] customers = [[], []], products = [[], []];
        List<float>[] counts = [[], []];
        for (var row = 0; row < rows.Rows; row++)
        {
            for (var entry = rows.Start[row]; entry < rows.Start[row + 1]; entry++)
            {
                var left = rows.Value[entry] - taken[entry];
                var to = left > 0 ? 0 : 1;
                customers[to].Add(row);
                products[to].Add(rows.Column[entry]);
                counts[to].Add(left > 0 ? left : rows.Value[entry]);
            }
        }

        return new HiddenPairs(
            InteractionMatrix.FromTriples(rows.Rows, rows.Columns, [.. customers[0]], [.. products[0]], [.. counts[0]]),
            SparseRows.FromTriples(rows.Rows, rows.Columns, [.. customers[1]], [.. products[1]], [.. counts[1]]));
    }

    /// <summary>The mean NDCG@20 over customers with hidden pairs, evenly drawn when there are many; products of the rest are not ranked.</summary>
    public double Ndcg(FactorModel model, ReadOnlySpan<float> scoreWeights, TrainingRun run)
    {
        var asked = Enumerable.Range(0, Hidden.Rows).Where(customer => !Hidden.ColumnsOf(customer).IsEmpty).ToArray();
        if (asked.Length > MostCustomers)
            asked = [.. Enumerable.Range(0, MostCustomers).Select(i => asked[(int)((long)i * asked.Length / MostCustomers)])];
        var products = model.Products;
        var panels = ItemPanels.Pack(products.Values, products.Rows, products.Stride, products.Factors, scoreWeights);
        var gains = new double[asked.Length];
        ParallelRows.For(asked.Length, BatchCustomers, run, (first, last) =>
        {
            var vectors = new float[(last - first) * model.Factors];
            var masks = new ulong[(last - first) * panels.Panels];
            Eligibility.AllowAll(masks);
            for (var i = first; i < last; i++)
            {
                model.Customer(asked[i]).CopyTo(vectors.AsSpan((i - first) * model.Factors));
                foreach (var product in Rest.ByCustomer.ColumnsOf(asked[i]))
                    Eligibility.Forbid(masks.AsSpan((i - first) * panels.Panels, panels.Panels), product);
            }

            var best = new ScoredItem[(last - first) * ListLength];
            var found = new int[last - first];
            TopItems.FindMany(panels, vectors, masks, best, found);
            for (var i = first; i < last; i++)
                gains[i] = Ndcg(best.AsSpan((i - first) * ListLength, found[i - first]), Hidden.ColumnsOf(asked[i]));
        });
        return gains.Length > 0 ? gains.Sum() / gains.Length : 0;
    }

    private static double Ndcg(ReadOnlySpan<ScoredItem> list, ReadOnlySpan<int> truth)
    {
        double gain = 0, ideal = 0;
        for (var rank = 0; rank < list.Length; rank++)
            gain += truth.BinarySearch(list[rank].Item) >= 0 ? 1 / Math.Log2(rank + 2) : 0;
        for (var rank = 0; rank < Math.Min(ListLength, truth.Length); rank++)
            ideal += 1 / Math.Log2(rank + 2);
        return gain / ideal;
    }
}
