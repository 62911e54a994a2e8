namespace PostPurchase.Recommend.Evaluation;

/// <summary>How each product was bought before a day: by how many customers, how many of them again, and how far apart.</summary>
internal sealed class ProductGapStatistics(int products)
{
    // One purchase in a month of a customer's life, so that a product with one buyer has a sane rate.
    private const double PriorPurchases = 1;
    private const double PriorDays = 30;

    private readonly int[] _buyers = new int[products];
    private readonly int[] _repeaters = new int[products];
    private readonly long[] _purchases = new long[products];
    private readonly long[] _gaps = new long[products];
    private readonly long[] _gapDays = new long[products];
    private readonly long[] _exposureDays = new long[products];

    public void Add(int product, int purchases, int firstDay, int lastDay, int day)
    {
        _buyers[product]++;
        _repeaters[product] += purchases > 1 ? 1 : 0;
        _purchases[product] += purchases;
        _gaps[product] += purchases - 1;
        _gapDays[product] += lastDay - firstDay;
        _exposureDays[product] += day - firstDay;
    }

    /// <summary>The share of buyers who bought the product again.</summary>
    public double RepeatRate(int product) => (double)_repeaters[product] / _buyers[product];

    /// <summary>The mean gap in days between purchases of one customer; only for products bought twice by someone.</summary>
    public double MeanGapDays(int product) => (double)_gapDays[product] / _gaps[product];

    /// <summary>Purchases in a day of a buyer's life with the product.</summary>
    public double DailyRate(int product) => (_purchases[product] + PriorPurchases) / (_exposureDays[product] + PriorDays);
}
