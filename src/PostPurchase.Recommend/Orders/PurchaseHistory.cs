namespace PostPurchase.Recommend.Orders;

/// <summary>
/// What every customer bought and when: immutable, columnar, ids interned. One row is one customer, product and day;
/// lines of the same day are merged and returns have cancelled what they returned.
/// </summary>
/// <remarks>Immutable and safe to read from any number of threads.</remarks>
public sealed partial class PurchaseHistory
{
    internal PurchaseHistory(PurchaseColumns columns, IngestReport report, ProductCatalog? catalog = null, ReturnedPurchases? returned = null)
    {
        Columns = columns;
        Report = report;
        Catalog = catalog;
        Returned = returned;
    }

    /// <summary>The number of customers with at least one purchase or interaction.</summary>
    public int CustomerCount => Columns.Customers.Count;

    /// <summary>The number of products that appear in a purchase or an interaction.</summary>
    public int ProductCount => Columns.Products.Count;

    /// <summary>The number of purchases: rows of one customer, product and day.</summary>
    public int PurchaseCount => Columns.Day.Length;

    /// <summary>The customers' ids in ordinal order.</summary>
    public IReadOnlyList<string> CustomerIds => Columns.Customers.List;

    /// <summary>The products' ids in ordinal order.</summary>
    public IReadOnlyList<string> ProductIds => Columns.Products.List;

    /// <summary>The day of the first purchase; the first day of the calendar when there is none.</summary>
    public DateOnly FirstDay => DateOnly.FromDayNumber(Columns.FirstDay);

    /// <summary>The day of the last purchase; the first day of the calendar when there is none.</summary>
    public DateOnly LastDay => DateOnly.FromDayNumber(Columns.LastDay);

    /// <summary>What happened to every line that was read.</summary>
    public IngestReport Report { get; }

    internal PurchaseColumns Columns { get; }

    /// <summary>What the columns' groups and consumables were taken from.</summary>
    internal ProductCatalog? Catalog { get; }

    /// <summary>What returns of later days took off the columns; <see langword="null"/> when they took nothing.</summary>
    internal ReturnedPurchases? Returned { get; }
}
