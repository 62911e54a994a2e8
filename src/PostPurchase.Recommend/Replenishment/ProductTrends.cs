using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// How a product sells to all customers as of a day: its rate over three memories, its season a year ago, when it was last
/// sold, how often its buyers come back for it, and whether they do so these days.
/// </summary>
internal sealed class ProductTrends
{
    /// <summary>Half-lives of the three memories of a product's sales, in days.</summary>
    public static readonly double[] HalfLifeDays = [14, 60, 240];

    private ProductTrends(float[][] columns) => Columns = columns;

    /// <summary>Values per product: fast, middle, slow, unsold, season, repeat, quantity, age, rebought lately, rebought.</summary>
    public float[][] Columns { get; }

    public const int ColumnCount = 10;

    public float this[int column, int product] => (uint)product < (uint)Columns[0].Length ? Columns[column][product] : 0;

    public static ProductTrends Of(PurchaseColumns columns, PurchasePairs pairs, int asOfDay)
    {
        var products = columns.Products.Count;
        var rate = new double[3][];
        for (var k = 0; k < 3; k++)
            rate[k] = new double[products];
        var last = new int[products];
        var first = new int[products];
        Array.Fill(first, int.MaxValue);
        var (seasonal, year, yearAll, seasonAll) = (new double[products], new double[products], 0.0, 0.0);
        var quantity = new double[products];
        var count = new double[products];
        for (var row = 0; row < columns.Rows; row++)
        {
            var age = asOfDay - columns.Day[row];
            if (age <= 0)
                continue;
            var p = columns.Product[row];
            for (var k = 0; k < 3; k++)
                rate[k][p] += Math.Pow(2, -age / HalfLifeDays[k]);
            last[p] = Math.Max(last[p], columns.Day[row]);
            first[p] = Math.Min(first[p], columns.Day[row]);
            quantity[p] += Math.Log(columns.Quantity[row]);
            count[p]++;
            if (age <= 365)
            {
                year[p]++;
                yearAll++;
                if (age > 365 - 35)
                {
                    seasonal[p]++;
                    seasonAll++;
                }
            }
        }

        var (buyers, repeaters) = (new double[products], new double[products]);
        // Repeat purchases over two memories, per buyer who bought not too long ago.
        var (fresh, recent, holders) = (new double[products], new double[products], new double[products]);
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            var own = new PairPurchases(columns, pairs, pair, asOfDay);
            var bought = own.Count;
            if (bought == 0)
                continue;
            var product = pairs.Product[pair];
            for (var i = 1; i < bought; i++)
            {
                fresh[product] += Math.Pow(2, (own.Day(i) - asOfDay) / 20.0);
                recent[product] += Math.Pow(2, (own.Day(i) - asOfDay) / 90.0);
            }

            holders[product] += Math.Pow(2, (own.Day(bought - 1) - asOfDay) / 180.0);
            buyers[product]++;
            repeaters[product] += bought > 1 ? 1 : 0;
        }

        var (freshAll, recentAll) = (fresh.Sum() / Math.Max(1, holders.Sum()), recent.Sum() / Math.Max(1, holders.Sum()));
        var shareAll = repeaters.Sum() / Math.Max(1, buyers.Sum());
        var result = new float[ColumnCount][];
        for (var c = 0; c < result.Length; c++)
            result[c] = new float[products];
        for (var p = 0; p < products; p++)
        {
            var daily = new double[3];
            for (var k = 0; k < 3; k++)
                daily[k] = rate[k][p] * Math.Log(2) / HalfLifeDays[k];
            result[0][p] = (float)Math.Log((daily[0] + 0.02) / (daily[1] + 0.02));
            result[1][p] = (float)Math.Log((daily[1] + 0.01) / (daily[2] + 0.01));
            result[2][p] = (float)Math.Log(daily[2] + 0.005);
            result[3][p] = (float)Math.Log(1 + (count[p] == 0 ? 1000 : asOfDay - last[p]));
            var expected = year[p] * seasonAll / Math.Max(1, yearAll);
            result[4][p] = (float)Math.Log((seasonal[p] + 3) / (expected + 3));
            result[5][p] = (float)((repeaters[p] + (10 * shareAll)) / (buyers[p] + 10));
            result[6][p] = (float)(quantity[p] / Math.Max(1, count[p]));
            result[8][p] = (float)Math.Log((fresh[p] + (5 * freshAll) + 1e-3) / (holders[p] + 5));
            result[9][p] = (float)Math.Log((recent[p] + (5 * recentAll) + 1e-3) / (holders[p] + 5));
            result[7][p] = (float)Math.Log(count[p] == 0 ? 1 : asOfDay - first[p]);
        }

        return new ProductTrends(result);
    }

    public void Write(SectionWriter writer)
    {
        writer.Write(Columns.Length);
        foreach (var column in Columns)
            writer.WriteArray<float>(column);
    }

    public static ProductTrends Read(SectionReader reader)
    {
        if (reader.ReadInt32() != ColumnCount)
            throw reader.Damaged("an unknown number of product columns");
        var columns = new float[ColumnCount][];
        for (var c = 0; c < columns.Length; c++)
            columns[c] = c == 0 ? reader.ReadFiniteFloats() : reader.ReadFiniteFloats(columns[0].Length);
        return new ProductTrends(columns);
    }
}
