using PostPurchase.Recommend.Scoring.Kernels;

namespace PostPurchase.Recommend.Scoring;

/// <summary>
/// The items with the highest scores for a customer's vector: exact, in order of score and then of number, into the caller's buffer.
/// Items whose score is no number or minus infinity are never returned.
/// </summary>
internal static class TopItems
{
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
}
