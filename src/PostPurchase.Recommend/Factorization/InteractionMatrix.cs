using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Factorization;

/// <summary>Who bought what and how often: customers by products, only the pairs that happened.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed class InteractionMatrix
{
    private readonly ulong[] _atLastVisit;

    private InteractionMatrix(SparseRows byCustomer, ulong[] atLastVisit)
    {
        ByCustomer = byCustomer;
        ByProduct = byCustomer.Transposed();
        _atLastVisit = atLastVisit;
    }

    /// <summary>The number of customers, with or without purchases.</summary>
    public int CustomerCount => ByCustomer.Rows;

    /// <summary>The number of products, with or without purchases.</summary>
    public int ProductCount => ByCustomer.Columns;

    /// <summary>The number of different pairs of a customer and a product.</summary>
    public int PairCount => ByCustomer.Entries;

    internal SparseRows ByCustomer { get; }

    internal SparseRows ByProduct { get; }

    /// <summary>Whether it is known what customers bought last; not so of triples.</summary>
    internal bool KnowsLastVisits => _atLastVisit.Length > 0;

    /// <summary>Counts on how many days each customer bought each product; numbers are places in the history's lists of ids.</summary>
    /// <param name="history">The purchases.</param>
    public static InteractionMatrix From(PurchaseHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return From(history.Columns);
    }

    /// <summary>Takes triples in any order; counts of a pair that comes more than once are added up.</summary>
    /// <param name="customerCount">The number of customers; zero or more.</param>
    /// <param name="productCount">The number of products; zero or more.</param>
    /// <param name="customers">The customer of every triple, from 0 to <paramref name="customerCount"/> - 1.</param>
    /// <param name="products">The product of every triple, from 0 to <paramref name="productCount"/> - 1.</param>
    /// <param name="counts">How often: positive and finite; empty for once each.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or a number lies outside its range.</exception>
    public static InteractionMatrix FromTriples(
        int customerCount, int productCount, ReadOnlySpan<int> customers, ReadOnlySpan<int> products, ReadOnlySpan<float> counts = default) =>
        new(SparseRows.FromTriples(customerCount, productCount, customers, products, counts), []);

    /// <summary>Whether the customer's last visit held the product of the entry of <see cref="ByCustomer"/>, where that is known.</summary>
    internal bool IsAtLastVisit(int entry) => (_atLastVisit[entry >> 6] >> entry & 1) != 0;

    internal static InteractionMatrix From(PurchaseColumns columns)
    {
        var pairs = PurchasePairs.From(columns);
        var days = new float[pairs.Count];
        var atLastVisit = new ulong[(pairs.Count + 63) / 64];
        for (var customer = 0; customer + 1 < pairs.CustomerStart.Length; customer++)
        {
            for (var pair = pairs.CustomerStart[customer]; pair < pairs.CustomerStart[customer + 1]; pair++)
            {
                days[pair] = pairs.RowStart[pair + 1] - pairs.RowStart[pair];
                var isLatest = columns.Day[pairs.Row[pairs.RowStart[pair + 1] - 1]] == columns.Day[columns.CustomerStart[customer + 1] - 1];
                atLastVisit[pair >> 6] |= isLatest ? 1UL << pair : 0;
            }
        }

        return new InteractionMatrix(new SparseRows(columns.Products.Count, pairs.CustomerStart, pairs.Product, days), atLastVisit);
    }
}
