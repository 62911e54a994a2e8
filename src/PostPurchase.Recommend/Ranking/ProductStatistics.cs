using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>How products are bought again in this store, shrunk to the store's own mean.</summary>
internal sealed class ProductStatistics
{
    private const float PriorOccasions = 10;

    private ProductStatistics(int products)
    {
        Buyers = new float[products];
        Baskets = new float[products];
        RebuyShare = new float[products];
        NextBasketRate = new float[products];
        RepeatPerVisit = new float[products];
        MeanGapBaskets = new float[products];
        MeanGapDays = new float[products];
        LogPrice = new float[products];
    }

    public float[] Buyers { get; }

    public float[] Baskets { get; }

    /// <summary>The share of buyers who bought it more than once.</summary>
    public float[] RebuyShare { get; }

    /// <summary>The probability that the basket after one with the product holds it again.</summary>
    public float[] NextBasketRate { get; }

    /// <summary>Purchases after a customer's first one for every visit after that: how often owners buy it at a visit.</summary>
    public float[] RepeatPerVisit { get; }

    /// <summary>The mean number of visits from one purchase to the next of the same customer.</summary>
    public float[] MeanGapBaskets { get; }

    public float[] MeanGapDays { get; }

    /// <summary>The mean logarithm of the price, NaN where unknown.</summary>
    public float[] LogPrice { get; }

    public static ProductStatistics From(PurchaseColumns columns)
    {
        var products = columns.Products.Count;
        var result = new ProductStatistics(products);
        var sums = new double[products, 7];
        var state = new CustomerState(products);
        for (var c = 0; c + 1 < columns.CustomerStart.Length; c++)
        {
            state.Load(columns, c, int.MaxValue);
            foreach (ref readonly var own in state.Own)
            {
                var p = own.Product;
                result.Buyers[p]++;
                result.Baskets[p] += own.Count;
                sums[p, 0] += own.Count > 1 ? 1 : 0;
                sums[p, 1] += own.Count - 1;
                sums[p, 2] += state.Baskets - 1 - own.FirstBasket;
                sums[p, 3] += own.LastBasket - own.FirstBasket;
                sums[p, 4] += own.LastDay - own.FirstDay;
            }

            CountNext(columns, state, sums);
        }

        if (columns.HasPrices)
            AveragePrices(columns, result.LogPrice);
        else
            Array.Fill(result.LogPrice, float.NaN);
        var total = new double[7];
        double buyers = 0;
        for (var p = 0; p < products; p++)
        {
            buyers += result.Buyers[p];
            for (var k = 0; k < 7; k++)
                total[k] += sums[p, k];
        }

        for (var p = 0; p < products; p++)
        {
            result.RebuyShare[p] = Shrunk(sums[p, 0], result.Buyers[p], total[0], buyers);
            result.RepeatPerVisit[p] = Shrunk(sums[p, 1], sums[p, 2], total[1], total[2]);
            result.MeanGapBaskets[p] = Shrunk(sums[p, 3], sums[p, 1], total[3], total[1]);
            result.MeanGapDays[p] = Shrunk(sums[p, 4], sums[p, 1], total[4], total[1]);
            result.NextBasketRate[p] = Shrunk(sums[p, 5], sums[p, 6], total[5], total[6]);
        }

        return result;
    }

    private static void CountNext(PurchaseColumns columns, CustomerState state, double[,] sums)
    {
        var starts = state.BasketStarts;
        for (var b = 0; b + 1 < state.Baskets; b++)
        {
            // Both baskets are sorted by product.
            var next = starts[b + 1];
            for (var row = starts[b]; row < starts[b + 1]; row++)
            {
                var product = columns.Product[row];
                sums[product, 6]++;
                while (next < starts[b + 2] && columns.Product[next] < product)
                    next++;
                if (next < starts[b + 2] && columns.Product[next] == product)
                    sums[product, 5]++;
            }
        }
    }

    private static void AveragePrices(PurchaseColumns columns, float[] logPrice)
    {
        var (sum, count) = (new double[logPrice.Length], new int[logPrice.Length]);
        for (var row = 0; row < columns.Rows; row++)
        {
            if (!(columns.UnitPrice[row] > 0))
                continue;
            sum[columns.Product[row]] += Math.Log(columns.UnitPrice[row]);
            count[columns.Product[row]]++;
        }

        for (var p = 0; p < logPrice.Length; p++)
            logPrice[p] = count[p] > 0 ? (float)(sum[p] / count[p]) : float.NaN;
    }

    private static float Shrunk(double sum, double occasions, double totalSum, double totalOccasions)
    {
        var mean = totalOccasions > 0 ? totalSum / totalOccasions : 0;
        return (float)((sum + (PriorOccasions * mean)) / (occasions + PriorOccasions));
    }
}
