using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// Every purchase before a day opens a gap: its product, the logarithm of its length with the quantity allowed for, and
/// whether it has ended. Also what can be learned only inside a pair: the quantity exponent and how regular customers are.
/// </summary>
internal sealed class GapCollector
{
    /// <summary>
    /// The least share of the variance of gaps that is put down to customers' own rhythms. Where most customers are alike it
    /// would come out as zero, and then no number of own purchases could tell the one who is not.
    /// </summary>
    public const double LeastCustomerShare = 0.3;

    private readonly PurchaseColumns _columns;
    private readonly PurchasePairs _pairs;
    private readonly int _asOfDay;

    public GapCollector(PurchaseColumns columns, PurchasePairs pairs, int asOfDay)
    {
        _columns = columns;
        _pairs = pairs;
        _asOfDay = asOfDay;
        Sizes = new ProductSizes(columns);
        QuantityExponent = EstimateQuantityExponent();
        var gaps = 0;
        foreach (var row in pairs.Row)
            gaps += columns.Day[row] < asOfDay ? 1 : 0;
        (Product, LogGap, Ended) = (new int[gaps], new float[gaps], new bool[gaps]);
        WithinShare = Collect();
    }

    public int[] Product { get; }

    public float[] LogGap { get; }

    public bool[] Ended { get; }

    /// <summary>The usual quantities of products, as the gaps counted here tell.</summary>
    public ProductSizes Sizes { get; }

    /// <summary>The exponent of the quantity in the length of a gap, from 0 to 1.</summary>
    public double QuantityExponent { get; }

    /// <summary>The spread of a customer's own gaps of a product as a share of the spread over all customers of it, from 0.3 to 1.</summary>
    public double WithinShare { get; }

    /// <summary>How much an own gap counts beside the one after it.</summary>
    public double Memory { get; private set; } = 1;

    /// <summary>Days from a purchase to its delivery, on average over the gaps that have ended.</summary>
    public double DeliveryDays { get; private set; }

    private double Collect()
    {
        var (next, within, withinFree) = (0, 0.0, 0);
        var (delivery, endedGaps) = (0L, 0);
        var ofProduct = new (double Gaps, double Sum, double Squares)[_columns.Products.Count];
        for (var pair = 0; pair < _pairs.Count; pair++)
        {
            var own = new PairPurchases(_columns, _pairs, pair, _asOfDay);
            var (count, sum, squares) = (0, 0.0, 0.0);
            var usual = own.UsualLogQuantity();
            for (var i = 0; i < own.Count; i++)
            {
                var ended = i + 1 < own.Count;
                var logGap = own.LogGap(i, QuantityExponent, usual);
                (Product[next], LogGap[next], Ended[next]) = (_pairs.Product[pair], (float)logGap, ended);
                next++;
                Sizes.Add(_pairs.Product[pair], own.LogQuantity(i), logGap, ended);
                if (!ended)
                    continue;
                count++;
                delivery += own.UseDay(i) - own.Day(i);
                sum += logGap;
                squares += logGap * logGap;
            }

            endedGaps += count;
            if (count < 2)
                continue;
            within += squares - (sum * sum / count);
            withinFree += count - 1;
            ref var product = ref ofProduct[_pairs.Product[pair]];
            product = (product.Gaps + count, product.Sum + sum, product.Squares + squares);
        }

        DeliveryDays = delivery / (double)Math.Max(1, endedGaps);
        var total = ofProduct.Sum(p => p.Gaps > 0 ? p.Squares - (p.Sum * p.Sum / p.Gaps) : 0);
        var totalFree = ofProduct.Sum(p => Math.Max(0, p.Gaps - 1));
        if (withinFree == 0 || total <= 0)
            return 1;
        // Clockwork customers leave nothing within, or by rounding a little less.
        var share = Math.Clamp(Math.Sqrt(Math.Max(0, within) / withinFree / (total / totalFree)), 0.3, 1);
        double[] means = [.. ofProduct.Select(p => p.Sum / Math.Max(1, p.Gaps))];
        Memory = GapMemory.Learn(Product, LogGap, Ended, means, Math.Sqrt(Math.Max(0, within) / withinFree), share * share / Math.Max(LeastCustomerShare, 1 - (share * share)));
        return share;
    }

    private double EstimateQuantityExponent()
    {
        var (cross, square) = (0.0, 0.0);
        for (var pair = 0; pair < _pairs.Count; pair++)
        {
            var own = new PairPurchases(_columns, _pairs, pair, _asOfDay);
            if (own.Count < 2)
                continue;
            var (gapMean, sizeMean) = (0.0, 0.0);
            for (var i = 0; i < own.Count - 1; i++)
            {
                gapMean += own.LogGap(i, 0, 0);
                sizeMean += own.LogQuantity(i);
            }

            gapMean /= own.Count - 1;
            sizeMean /= own.Count - 1;
            for (var i = 0; i < own.Count - 1; i++)
            {
                var size = own.LogQuantity(i) - sizeMean;
                cross += size * (own.LogGap(i, 0, 0) - gapMean);
                square += size * size;
            }
        }

        // A ridge of ten gaps with a doubled quantity: with little to learn from, quantity counts nothing.
        return Math.Clamp(cross / (square + (10 * Math.Log(2) * Math.Log(2))), 0, 1);
    }
}
