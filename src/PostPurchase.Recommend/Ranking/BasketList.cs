using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>The baskets of a history one after the other, and which of them hold each product.</summary>
internal sealed class BasketList
{
    private readonly int[] _rowStart;
    private readonly int[] _customer;
    private readonly int[] _productStart;
    private readonly int[] _basketOf;

    private BasketList(int[] rowStart, int[] customer, int[] productStart, int[] basketOf)
    {
        _rowStart = rowStart;
        _customer = customer;
        _productStart = productStart;
        _basketOf = basketOf;
    }

    public int Count => _customer.Length;

    public static BasketList From(PurchaseColumns columns)
    {
        var products = columns.Products.Count;
        var productStart = new int[products + 1];
        foreach (var product in columns.Product)
            productStart[product + 1]++;
        for (var p = 0; p < products; p++)
            productStart[p + 1] += productStart[p];
        var next = productStart[..products];
        var basketOf = new int[columns.Rows];
        List<int> rowStart = [];
        List<int> customer = [];
        for (var c = 0; c + 1 < columns.CustomerStart.Length; c++)
        {
            for (var row = columns.CustomerStart[c]; row < columns.CustomerStart[c + 1]; row++)
            {
                if (row == columns.CustomerStart[c] || columns.Day[row] != columns.Day[row - 1])
                {
                    rowStart.Add(row);
                    customer.Add(c);
                }

                basketOf[next[columns.Product[row]]++] = customer.Count - 1;
            }
        }

        rowStart.Add(columns.Rows);
        return new BasketList([.. rowStart], [.. customer], productStart, basketOf);
    }

    public ReadOnlySpan<int> Of(int product) => _basketOf.AsSpan(_productStart[product], _productStart[product + 1] - _productStart[product]);

    /// <summary>The rows of the same customer's next basket; empty after the last one.</summary>
    public (int From, int Until) NextRows(int basket) =>
        basket + 1 < Count && _customer[basket + 1] == _customer[basket] ? (_rowStart[basket + 1], _rowStart[basket + 2]) : (0, 0);
}
