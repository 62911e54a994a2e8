namespace PostPurchase.Recommend.Orders;

/// <summary>
/// The rows of a history regrouped by customer and product: what each pair was bought on, in order of days.
/// Pairs are sorted by customer and product; the rows of a pair by day.
/// </summary>
internal sealed class PurchasePairs
{
    private PurchasePairs(int[] customerStart, int[] product, int[] rowStart, int[] row)
    {
        CustomerStart = customerStart;
        Product = product;
        RowStart = rowStart;
        Row = row;
    }

    /// <summary>The first pair of every customer, and the number of pairs at the end.</summary>
    public int[] CustomerStart { get; }

    /// <summary>The product of every pair.</summary>
    public int[] Product { get; }

    /// <summary>The first entry of every pair in <see cref="Row"/>, and the number of rows at the end.</summary>
    public int[] RowStart { get; }

    /// <summary>Rows of the history, grouped by pair.</summary>
    public int[] Row { get; }

    public int Count => Product.Length;

    public static PurchasePairs From(PurchaseColumns columns)
    {
        var customers = columns.CustomerStart.Length - 1;
        var row = new int[columns.Rows];
        var keys = new long[columns.Rows];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = i;
            // Rows of a customer are in order of days already, so (product, row) sorts by product and then by day.
            keys[i] = ((long)columns.Product[i] << 32) | (uint)i;
        }

        var customerStart = new int[customers + 1];
        var pairs = 0;
        for (var c = 0; c < customers; c++)
        {
            var start = columns.CustomerStart[c];
            var length = columns.CustomerStart[c + 1] - start;
            keys.AsSpan(start, length).Sort(row.AsSpan(start, length));
            for (var i = start; i < start + length; i++)
            {
                if (i == start || columns.Product[row[i]] != columns.Product[row[i - 1]])
                    pairs++;
            }

            customerStart[c + 1] = pairs;
        }

        var product = new int[pairs];
        var rowStart = new int[pairs + 1];
        var pair = 0;
        for (var c = 0; c < customers; c++)
        {
            for (var i = columns.CustomerStart[c]; i < columns.CustomerStart[c + 1]; i++)
            {
                if (i != columns.CustomerStart[c] && columns.Product[row[i]] == columns.Product[row[i - 1]])
                    continue;
                product[pair] = columns.Product[row[i]];
                rowStart[pair++] = i;
            }
        }

        rowStart[pairs] = row.Length;
        return new PurchasePairs(customerStart, product, rowStart, row);
    }

    /// <summary>The pair of the customer and the product, or -1.</summary>
    public int Find(int customer, int product)
    {
        var start = CustomerStart[customer];
        var found = Array.BinarySearch(Product, start, CustomerStart[customer + 1] - start, product);
        return found >= 0 ? found : -1;
    }
}
