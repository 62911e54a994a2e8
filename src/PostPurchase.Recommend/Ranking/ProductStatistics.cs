using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Ranking;

/// <summary>How products are bought again in this store, shrunk to the store's own mean.</summary>
internal sealed class ProductStatistics
{
    private const float PriorOccasions = 10;

    private readonly ProductHabits[] _habits;

    private ProductStatistics(float[] baskets, ProductHabits[] habits)
    {
        Baskets = baskets;
        _habits = habits;
    }

    /// <summary>The baskets that held each product.</summary>
    public float[] Baskets { get; }

    public ref readonly ProductHabits Of(int product) => ref _habits[product];

    public static ProductStatistics From(PurchaseColumns columns)
    {
        var products = columns.Products.Count;
        var (baskets, buyers) = (new float[products], new float[products]);
        var sums = new double[products, 7];
        var state = new CustomerState(products);
        for (var c = 0; c + 1 < columns.CustomerStart.Length; c++)
        {
            state.Load(columns, c, int.MaxValue);
            foreach (ref readonly var own in state.Own)
            {
                var p = own.Product;
                buyers[p]++;
                baskets[p] += own.Count;
                sums[p, 0] += own.Count > 1 ? 1 : 0;
                sums[p, 1] += own.Count - 1;
                sums[p, 2] += state.Baskets - 1 - own.FirstBasket;
                sums[p, 3] += own.LastBasket - own.FirstBasket;
                sums[p, 4] += own.LastDay - own.FirstDay;
            }

            CountNext(columns, state, sums);
        }

        var logPrice = new float[products];
        if (columns.HasPrices)
            AveragePrices(columns, logPrice);
        else
            Array.Fill(logPrice, float.NaN);
        var total = new double[7];
        double allBuyers = 0;
        for (var p = 0; p < products; p++)
        {
            allBuyers += buyers[p];
            for (var k = 0; k < 7; k++)
                total[k] += sums[p, k];
        }

        var habits = new ProductHabits[products];
        for (var p = 0; p < products; p++)
        {
            habits[p] = new ProductHabits(
                buyers[p],
                baskets[p] / Math.Max(1, buyers[p]),
                RebuyShare: Shrunk(sums[p, 0], buyers[p], total[0], allBuyers),
                NextBasketRate: Shrunk(sums[p, 5], sums[p, 6], total[5], total[6]),
                RepeatPerVisit: Shrunk(sums[p, 1], sums[p, 2], total[1], total[2]),
                MeanGapBaskets: Shrunk(sums[p, 3], sums[p, 1], total[3], total[1]),
                MeanGapDays: Shrunk(sums[p, 4], sums[p, 1], total[4], total[1]),
                logPrice[p]);
        }

        return new ProductStatistics(baskets, habits);
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
