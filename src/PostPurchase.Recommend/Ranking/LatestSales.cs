using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// How often customers' latest baskets held each product: the popularity of the day in a log whose days are mere sequence
/// numbers, where no two customers' days can be compared but their last ones.
/// </summary>
internal sealed class LatestSales
{
    /// <summary>The last basket, the last two, and the last four of every customer.</summary>
    private static readonly int[] Windows = [1, 2, 4];

    private readonly int[][] _sales;
    private readonly int[] _baskets;

    private LatestSales(int[][] sales, int[] baskets)
    {
        _sales = sales;
        _baskets = baskets;
    }

    public static LatestSales From(PurchaseColumns columns)
    {
        var sales = Array.ConvertAll(Windows, _ => new int[columns.Products.Count]);
        var baskets = new int[Windows.Length];
        for (var c = 0; c + 1 < columns.CustomerStart.Length; c++)
        {
            var age = 0;
            for (var row = columns.CustomerStart[c + 1] - 1; row >= columns.CustomerStart[c] && age <= Windows[^1]; row--)
            {
                var isNext = row == columns.CustomerStart[c + 1] - 1 || columns.Day[row] != columns.Day[row + 1];
                age += isNext ? 1 : 0;
                for (var w = 0; w < Windows.Length; w++)
                {
                    if (age > Windows[w])
                        continue;
                    sales[w][columns.Product[row]]++;
                    baskets[w] += isNext ? 1 : 0;
                }
            }
        }

        return new LatestSales(sales, baskets);
    }

    /// <summary>The share of customers' last baskets that held the product.</summary>
    public float LastShare(int product) => Share(0, product);

    /// <summary>The share of customers' last two baskets that held the product.</summary>
    public float LastTwoShare(int product) => Share(1, product);

    /// <summary>The share of customers' last four baskets that held the product.</summary>
    public float LastFourShare(int product) => Share(2, product);

    /// <summary>How many of customers' last two baskets held the product.</summary>
    public int LastTwo(int product) => _sales[1][product];

    private float Share(int window, int product) => _baskets[window] == 0 ? float.NaN : (float)_sales[window][product] / _baskets[window];
}
