using PostPurchase.Recommend.Persistence;
using F = PostPurchase.Recommend.Ranking.RankingFeature;

namespace PostPurchase.Recommend.Ranking;

/// <summary>
/// How often a visit buys a product, as a sum of rates that explain one another away: habits by several memories, similar customers, what follows the
/// last baskets, and what sells. The weights are those under which the held-out baskets are most likely, found by expectation maximisation
/// (Dempster, Laird and Rubin 1977; an additive Poisson rate, as in non-negative matrix factorisation, Lee and Seung 2001).
/// Nothing but a few non-negative weights is learned, so that a store of a hundred customers suffices: logarithms of shares, added up, cannot say
/// "either a habit or a bestseller", and learned from few baskets they rank worse than a mixture.
/// </summary>
internal sealed class PurchaseMixture
{
    private const int Rounds = 300;
    private const double Converged = 1e-5;

    // What no rate explains, so that no logarithm is of zero.
    private const double Unexplained = 1e-6;
    private readonly double[] _weights;

    private PurchaseMixture(double[] weights) => _weights = weights;

    /// <summary>The rates that are mixed.</summary>
    public const int Count = 19;

    /// <summary>Purchases expected a visit.</summary>
    public double Rate(ReadOnlySpan<float> row)
    {
        Span<double> rates = stackalloc double[Count];
        Fill(row, rates);
        var rate = 0.0;
        for (var k = 0; k < Count; k++)
            rate += _weights[k] * rates[k];
        return rate;
    }

    public static PurchaseMixture Fit(RankingSample sample)
    {
        var (bought, weights, exposure) = Purchases(sample);
        var mixture = new PurchaseMixture(new double[Count]);
        for (var k = 0; k < Count; k++)
            mixture._weights[k] = exposure[k] > 0 ? 1.0 / Count : 0;
        for (var round = 0; round < Rounds; round++)
        {
            if (mixture.Improve(bought, weights, exposure) < Converged)
                break;
        }

        return mixture;
    }

    public void Write(SectionWriter writer) => writer.WriteArray<double>(_weights);

    public static PurchaseMixture Read(SectionReader reader)
    {
        var weights = reader.ReadArray<double>(Count);
        return Array.TrueForAll(weights, weight => weight >= 0 && double.IsFinite(weight))
            ? new PurchaseMixture(weights)
            : throw reader.Damaged("a mixture of purchases has weights that are negative or no numbers");
    }

    // Gives the largest change of a weight.
    private double Improve(List<double[]> bought, List<double> weights, double[] exposure)
    {
        Span<double> explained = stackalloc double[Count];
        explained.Clear();
        for (var i = 0; i < bought.Count; i++)
        {
            var rates = bought[i];
            var all = Unexplained;
            for (var k = 0; k < Count; k++)
                all += _weights[k] * rates[k];
            var share = weights[i] / all;
            for (var k = 0; k < Count; k++)
                explained[k] += share * _weights[k] * rates[k];
        }

        var change = 0.0;
        for (var k = 0; k < Count; k++)
        {
            var weight = exposure[k] > 0 ? explained[k] / exposure[k] : 0;
            change = Math.Max(change, Math.Abs(weight - _weights[k]));
            _weights[k] = weight;
        }

        return change;
    }

    // What was bought, how much each purchase counts, and how much of every rate all visits with a purchase were exposed to.
    private static (List<double[]> Bought, List<double> Weights, double[] Exposure) Purchases(RankingSample sample)
    {
        List<double[]> bought = [];
        List<double> weights = [];
        var exposure = new double[Count];
        Span<double> rates = stackalloc double[Count];
        Span<double> visit = stackalloc double[Count];
        visit.Clear();
        var visitWeight = 0.0;
        for (var i = 0; i < sample.Count; i++)
        {
            Fill(sample.Row(i), rates);
            for (var k = 0; k < Count; k++)
                visit[k] += sample.Weight(i) * rates[k];
            if (sample.Label(i) > 0)
            {
                bought.Add(rates.ToArray());
                weights.Add(visitWeight = sample.ListWeight(i));
            }

            if (i + 1 < sample.Count && sample.Customer(i + 1) == sample.Customer(i) && sample.Day(i + 1) == sample.Day(i))
                continue;
            for (var k = 0; k < Count; k++)
                exposure[k] += visitWeight * visit[k];
            visit.Clear();
            visitWeight = 0;
        }

        return (bought, weights, exposure);
    }

    private static void Fill(ReadOnlySpan<float> row, Span<double> rates)
    {
        var (slow, middle, share) = (Positive(row, F.Own_DecaySlowShare), Positive(row, F.Own_DecayMiddleShare), Positive(row, F.Own_Share));
        var rebuy = Positive(row, F.Product_RebuyShare);
        rates[0] = slow;
        rates[1] = middle;
        rates[2] = share;
        rates[3] = Positive(row, F.Own_DecayFast) / 2;
        rates[4] = Positive(row, F.Own_Rate);
        rates[5] = Positive(row, F.Own_Hazard);
        // A habit of a product that is bought again, and one of a product that is bought once.
        rates[6] = slow * rebuy;
        rates[7] = middle * Positive(row, F.Product_NextBasketRate);
        rates[8] = share * rebuy;
        rates[9] = share > 0 ? Positive(row, F.Product_RepeatPerVisit) : 0;
        rates[10] = Positive(row, F.Neighbour_Score);
        rates[11] = Positive(row, F.Neighbour_Wide);
        rates[12] = Positive(row, F.Popularity_All);
        rates[13] = Positive(row, F.Popularity_Month);
        rates[14] = Positive(row, F.Popularity_Week);
        rates[15] = Positive(row, F.Transition_LastBasket);
        rates[16] = Positive(row, F.Transition_History);
        rates[17] = Positive(row, F.Category_Share) * Positive(row, F.Category_ProductShare);
        rates[18] = Positive(row, F.Own_DecayLongShare);
    }

    // What does not apply adds nothing.
    private static double Positive(ReadOnlySpan<float> row, F feature) => row[(int)feature] > 0 && float.IsFinite(row[(int)feature]) ? row[(int)feature] : 0;
}
