using PostPurchase.Recommend.Scoring.Kernels;

namespace PostPurchase.Recommend.Scoring;

/// <summary>
/// The items with the highest scores for a customer's vector: exact, in order of score and then of number, into the caller's buffer.
/// Items whose score is no number or minus infinity are never returned.
/// </summary>
internal static class TopItems
{
    // So few customers keep no arithmetic unit busy while a panel is at hand: the scan for one alone is faster.
    private const int MostOneByOne = 2;

    /// <summary>Scans all items for one customer.</summary>
    /// <param name="items">The items.</param>
    /// <param name="customer">The customer's vector.</param>
    /// <param name="eligible">The items allowed (<see cref="Eligibility"/>); empty for all.</param>
    /// <param name="best">Receives the best items; its length says how many are wanted.</param>
    /// <returns>The number of items found: fewer than wanted only when fewer are allowed.</returns>
    public static int Find(ItemPanels items, ReadOnlySpan<float> customer, ReadOnlySpan<ulong> eligible, Span<ScoredItem> best) =>
        Find(FloatKernels.Best, items, customer, eligible, best);

    internal static int Find(
        FloatKernel kernel, ItemPanels items, ReadOnlySpan<float> customer, ReadOnlySpan<ulong> eligible, Span<ScoredItem> best)
    {
        if (customer.Length != items.Factors)
            throw new ArgumentException($"The vector holds {customer.Length} factors where {items.Factors} belong.", nameof(customer));
        if (eligible.Length != 0 && eligible.Length < items.Panels)
            throw new ArgumentException($"The mask holds {eligible.Length} words where {items.Panels} belong.", nameof(eligible));
        if (best.Length == 0)
            return 0;
        var heap = new BestItems(best);
        kernel.Scan(items, customer, eligible, ref heap);
        return heap.Sort();
    }

    /// <summary>Scans all items for many customers at once; the result is that of scanning for each alone.</summary>
    /// <param name="items">The items.</param>
    /// <param name="customers">The customers' vectors, one after the other.</param>
    /// <param name="eligible">A mask of <see cref="ItemPanels.Panels"/> words for every customer, or empty for all items.</param>
    /// <param name="best">As many places for every customer as are wanted.</param>
    /// <param name="found">Receives the number of items found for every customer; its length is the number of customers.</param>
    public static void FindMany(
        ItemPanels items, ReadOnlySpan<float> customers, ReadOnlySpan<ulong> eligible, Span<ScoredItem> best, Span<int> found) =>
        FindMany(FloatKernels.Best, items, customers, eligible, best, found);

    internal static void FindMany(
        FloatKernel kernel, ItemPanels items, ReadOnlySpan<float> customers, ReadOnlySpan<ulong> eligible, Span<ScoredItem> best, Span<int> found)
    {
        if (customers.Length != (long)items.Factors * found.Length)
            throw new ArgumentException($"The vectors hold {customers.Length} factors where {found.Length} x {items.Factors} belong.", nameof(customers));
        if (eligible.Length != 0 && eligible.Length != (long)items.Panels * found.Length)
            throw new ArgumentException($"The masks hold {eligible.Length} words where {found.Length} x {items.Panels} belong.", nameof(eligible));
        found.Clear();
        if (found.Length == 0 || best.Length == 0)
            return;
        if (best.Length % found.Length != 0)
            throw new ArgumentException($"{best.Length} places cannot be shared evenly by {found.Length} customers.", nameof(best));
        var wanted = best.Length / found.Length;
        if (found.Length <= MostOneByOne)
        {
            for (var c = 0; c < found.Length; c++)
            {
                found[c] = Find(
                    kernel, items, customers.Slice(c * items.Factors, items.Factors), eligible.IsEmpty ? [] : eligible.Slice(c * items.Panels, items.Panels),
                    best.Slice(c * wanted, wanted));
            }

            return;
        }

        kernel.ScanMany(items, customers, eligible, best, found);
        for (var c = 0; c < found.Length; c++)
            new BestItems(best.Slice(c * wanted, wanted), found[c]).Sort();
    }
}
