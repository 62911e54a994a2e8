namespace PostPurchase.Recommend.Evaluation;

/// <summary>How well a ranked list meets what one customer really bought. Means over customers are left to the caller.</summary>
/// <remarks>A product that stands on the list twice counts once, at its first place. Safe to call from any thread.</remarks>
public static class RankingMetrics
{
    /// <summary>The share of the truth that is among the first <paramref name="count"/> products, from 0 to 1.</summary>
    /// <typeparam name="T">The type of product ids.</typeparam>
    /// <param name="ranked">The list, best first; may be shorter than <paramref name="count"/>.</param>
    /// <param name="truth">What was bought; not empty.</param>
    /// <param name="count">How many places of the list are looked at; at least 1.</param>
    public static double Recall<T>(ReadOnlySpan<T> ranked, IReadOnlySet<T> truth, int count)
        where T : IEquatable<T>
    {
        Check(truth, count);
        var hits = 0;
        for (var place = 0; place < Math.Min(count, ranked.Length); place++)
        {
            if (IsHit(ranked, place, truth))
                hits++;
        }

        return (double)hits / truth.Count;
    }

    /// <summary>
    /// The discounted gain of the first <paramref name="count"/> products, 1 / log2(place + 1) for each one bought, over that of
    /// a perfect list (Järvelin and Kekäläinen, TOIS 2002, with binary relevance), from 0 to 1.
    /// </summary>
    /// <typeparam name="T">The type of product ids.</typeparam>
    /// <param name="ranked">The list, best first; may be shorter than <paramref name="count"/>.</param>
    /// <param name="truth">What was bought; not empty.</param>
    /// <param name="count">How many places of the list are looked at; at least 1.</param>
    /// <param name="ideal">The perfect list to compare with.</param>
    public static double Ndcg<T>(ReadOnlySpan<T> ranked, IReadOnlySet<T> truth, int count, NdcgIdeal ideal)
        where T : IEquatable<T>
    {
        Check(truth, count);
        var gain = 0.0;
        for (var place = 0; place < Math.Min(count, ranked.Length); place++)
        {
            if (IsHit(ranked, place, truth))
                gain += Discount(place);
        }

        var best = 0.0;
        for (var place = 0; place < (ideal == NdcgIdeal.WholeTruth ? truth.Count : Math.Min(count, truth.Count)); place++)
            best += Discount(place);
        return gain / best;
    }

    /// <summary>1 when anything bought is among the first <paramref name="count"/> products, else 0; its mean is PHR, the share of customers with a hit.</summary>
    /// <typeparam name="T">The type of product ids.</typeparam>
    /// <param name="ranked">The list, best first; may be shorter than <paramref name="count"/>.</param>
    /// <param name="truth">What was bought; not empty.</param>
    /// <param name="count">How many places of the list are looked at; at least 1.</param>
    public static double Hit<T>(ReadOnlySpan<T> ranked, IReadOnlySet<T> truth, int count)
        where T : IEquatable<T>
    {
        Check(truth, count);
        for (var place = 0; place < Math.Min(count, ranked.Length); place++)
        {
            if (truth.Contains(ranked[place]))
                return 1;
        }

        return 0;
    }

    private static bool IsHit<T>(ReadOnlySpan<T> ranked, int place, IReadOnlySet<T> truth)
        where T : IEquatable<T> => truth.Contains(ranked[place]) && !ranked[..place].Contains(ranked[place]);

    private static double Discount(int place) => 1 / Math.Log2(place + 2);

    private static void Check<T>(IReadOnlySet<T> truth, int count)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (truth.Count == 0)
            throw new ArgumentException("The truth is empty: such a customer has no score.", nameof(truth));
    }
}
