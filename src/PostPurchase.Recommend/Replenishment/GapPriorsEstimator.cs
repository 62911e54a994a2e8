using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Replenishment;

/// <summary>
/// Estimates <see cref="GapPriors"/> from the purchases before a day by expectation maximisation of a log-normal gap with a
/// share that never ends (a mixture cure model: Boag 1949; Farewell 1982): a gap that has not ended yet counts by its chance
/// to end, with its expected logarithm.
/// </summary>
internal sealed class GapPriorsEstimator
{
    private const int PopulationRounds = 25;

    // Three numbers are learned from all products together: more gaps would not move them.
    private const int MostPopulationGaps = 200_000;
    private readonly int[] _product;
    private readonly float[] _logGap;
    private readonly bool[] _ended;
    private readonly int _products;

    private GapPriorsEstimator(int[] product, float[] logGap, bool[] ended, int products)
    {
        _product = product;
        _logGap = logGap;
        _ended = ended;
        _products = products;
    }

    public static GapPriors Estimate(PurchaseColumns columns, PurchasePairs pairs, int asOfDay, ReplenishmentOptions options)
    {
        var gaps = new GapCollector(columns, pairs, asOfDay);
        return new GapPriorsEstimator(gaps.Product, gaps.LogGap, gaps.Ended, columns.Products.Count).Estimate(columns, gaps, options);
    }

    private GapPriors Estimate(PurchaseColumns columns, GapCollector gaps, ReplenishmentOptions options)
    {
        var population = EstimatePopulation(new GapPrior(Math.Log(options.PriorGapDays), 1, 0.5), options);
        var moments = new GapMoments[_products];
        for (var i = 0; i < _product.Length; i++)
            moments[_product[i]].Add(_logGap[i], _ended[i], population);
        var groups = new GapMoments[columns.Categories.Count];
        for (var p = 0; p < _products && columns.HasCategories; p++)
        {
            if (columns.ProductCategory[p] >= 0)
                groups[columns.ProductCategory[p]].Add(moments[p]);
        }

        gaps.Sizes.Learn(options.PriorGaps);
        var (logGap, spread, share) = (new float[_products], new float[_products], new float[_products]);
        for (var p = 0; p < _products; p++)
        {
            var prior = population;
            if (columns.HasCategories && columns.ProductCategory[p] is >= 0 and var category)
            {
                prior = groups[category].Shrunk(population, options);
                prior = prior with { LogGap = prior.LogGap + gaps.Sizes.Longer(p) };
            }

            var own = moments[p].Shrunk(prior, options);
            (logGap[p], spread[p], share[p]) = ((float)own.LogGap, (float)(own.Spread * gaps.WithinShare), (float)own.ReturnShare);
        }

        return new GapPriors(population with { Spread = population.Spread * gaps.WithinShare }, logGap, spread, share, EvidenceOf(columns))
        {
            CustomerSpread = population.Spread * Math.Sqrt(Math.Max(GapCollector.LeastCustomerShare, 1 - (gaps.WithinShare * gaps.WithinShare))),
            QuantityExponent = gaps.QuantityExponent,
            Memory = gaps.Memory,
            DeliveryDays = gaps.DeliveryDays,
            ReturnStrength = options.ReturnPriorPurchases,
        };
    }

    // A gap that has not ended says that there is one, but not how long it is.
    private Evidence[] EvidenceOf(PurchaseColumns columns)
    {
        var (isRebought, isCategoryRebought) = (new bool[_products], new bool[columns.Categories.Count]);
        for (var i = 0; i < _product.Length; i++)
        {
            if (!_ended[i])
                continue;
            isRebought[_product[i]] = true;
            if (columns.HasCategories && columns.ProductCategory[_product[i]] is >= 0 and var category)
                isCategoryRebought[category] = true;
        }

        var evidence = new Evidence[_products];
        for (var p = 0; p < _products; p++)
        {
            evidence[p] = isRebought[p] ? Evidence.Product
                : columns.HasCategories && columns.ProductCategory[p] is >= 0 and var category && isCategoryRebought[category] ? Evidence.Category
                : Evidence.Population;
        }

        return evidence;
    }

    private GapPrior EstimatePopulation(GapPrior start, ReplenishmentOptions options)
    {
        var prior = start;
        var step = 1 + (_product.Length / MostPopulationGaps);
        for (var round = 0; round < PopulationRounds && _product.Length > 0; round++)
        {
            var moments = default(GapMoments);
            for (var i = 0; i < _product.Length; i += step)
                moments.Add(_logGap[i], _ended[i], prior);
            prior = moments.Shrunk(start, options);
        }

        return prior;
    }
}
